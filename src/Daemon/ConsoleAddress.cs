using System.Globalization;

namespace Aios.Daemon;

/// <summary>Where the console is, once it is served.</summary>
internal sealed class ConsoleAddress
{
    private volatile string? _url;

    /// <summary>It is served there. The first address counts.</summary>
    public void Set(string url) => _url ??= url;

    /// <summary>Where the API is served, without a slash at the end; null if it is not.</summary>
    public string? Url => _url?.TrimEnd('/');

    /// <summary>The view of an approval; null where no console is served.</summary>
    public string? LinkTo(long approval) =>
        _url is { } url ? string.Create(CultureInfo.InvariantCulture, $"{url.TrimEnd('/')}/#/approvals/{approval}") : null;
}
