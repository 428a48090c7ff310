using Aios.Platform;

namespace Aios.Cli;

/// <summary>What <c>backup</c> and <c>restore</c> share about files.</summary>
internal static class DatabaseFiles
{
    /// <summary>What SQLite keeps beside a database.</summary>
    public static readonly string[] Companions = ["-journal", "-wal", "-shm"];

    /// <summary>Whether a path leads to the database, by any name, or to what SQLite keeps beside it.</summary>
    public static bool IsOf(string database, string path)
    {
        if (path == database || Companions.Any(companion => path == database + companion)) return true;
        return FileIdentity.Of(path) is { } identity && identity == FileIdentity.Of(database);
    }

    /// <summary>Begins a file beside its place.</summary>
    /// <exception cref="IOException">Another process does so just now, or it cannot be made there; the message says which.</exception>
    public static PartialFile BeginPart(string target)
    {
        try
        {
            return PartialFile.Begin(target);
        }
        catch (IOException) when (File.Exists(target + ".part"))
        {
            throw new IOException($"{target}.part is being written by another process. Wait until it is done, or name another file.");
        }
    }
}
