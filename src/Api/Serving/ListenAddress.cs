using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Aios.Access;

namespace Aios.Api.Serving;

/// <summary>An address and a port to listen at.</summary>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>The letters AIOS on the keys of a telephone.</summary>
    public const int DefaultPort = 2467;

    /// <summary>The word for nowhere.</summary>
    public const string None = "none";

    /// <summary>Reachable from this machine only.</summary>
    public static readonly ListenAddress Default = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Whether only programs on this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>
    /// Reads a list, separated by commas: <c>127.0.0.1:2467</c>, <c>[::1]:2467</c>, <c>0.0.0.0</c>, <c>localhost</c>,
    /// <c>:8080</c>, <c>none</c>.
    /// </summary>
    /// <exception cref="AccessException">It makes no sense.</exception>
    public static ImmutableArray<ListenAddress> ParseList(string text) =>
        text.Trim() == None ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)];

    /// <inheritdoc />
    public override string ToString() => new IPEndPoint(Address, Port).ToString();

    private static ListenAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon >= 0 && !text.EndsWith(']') && (text.StartsWith('[') || text.IndexOf(':', StringComparison.Ordinal) == colon);
        var host = hasPort ? text[..colon] : text;
        if (AddressOf(host) is { } address && (hasPort ? PortOf(text[(colon + 1)..]) : DefaultPort) is { } port)
            return new ListenAddress(address, port);
        throw new AccessException(
            $"listen (AIOS_LISTEN): found \"{text}\", expected an address of this machine with a port, such as 127.0.0.1:{DefaultPort} or "
                + $"0.0.0.0:{DefaultPort}, or none."
        );
    }

    private static IPAddress? AddressOf(string host) =>
        host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "" => IPAddress.Any,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && host.Contains(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? '.' : ':', StringComparison.Ordinal)
                ? address
                : null,
        };

    private static int? PortOf(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
