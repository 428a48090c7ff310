using System.Collections.Immutable;
using System.Net;

namespace Aios.Api.Serving;

/// <summary>
/// The names by which a request may call this server. A web page elsewhere can have its own name lead here (DNS rebinding),
/// but it cannot change the name that the browser sends. An address is no name, so it is always right.
/// </summary>
internal sealed class HostNames(ImmutableArray<string> allowed)
{
    /// <summary>Whether the value of a Host header is one of them, with any port.</summary>
    public bool Know(string host)
    {
        var name = WithoutPort(host).TrimEnd('.');
        if (name.Length == 0)
            return false;
        if (IPAddress.TryParse(name.Trim('[', ']'), out _))
            return true;
        return Same(name, "localhost")
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || Same(name, Environment.MachineName)
            || allowed.Any(other => Same(name, other));
    }

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.EndsWith(']') ? host : host[..colon];
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
