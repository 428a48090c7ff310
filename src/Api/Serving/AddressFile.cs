using Aios.Platform;

namespace Aios.Api.Serving;

/// <summary>
/// <c>.aios/api-address</c> beside the database: where a daemon serves its API just now, an address a line. So others on
/// this machine find it, whatever port it has.
/// </summary>
internal sealed class AddressFile(string path) : IDisposable
{
    /// <summary>In the folder of the database's locks.</summary>
    public const string Name = "api-address";

    private readonly List<string> _addresses = [];

    /// <summary>What the file says; empty if there is none.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        try
        {
            return [.. OwnFile.Read(path).Split('\n').Where(line => Uri.TryCreate(line, UriKind.Absolute, out _))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(string address)
    {
        _addresses.Add(address);
        Try(() => OwnFile.Replace(path, string.Concat(_addresses.Select(line => $"{line}\n")), OwnFile.Readable));
    }

    /// <summary>Removes the file, unless another daemon of the same folder has put its own there.</summary>
    public void Dispose()
    {
        if (_addresses.Count > 0 && Read(path).SequenceEqual(_addresses))
            Try(() => File.Delete(path));
    }

    // It is a convenience: the daemon has more to do than to fail for it.
    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever looks for the address is told that there is none.
        }
    }
}
