using Aios.Platform;

namespace Aios.Cli;

/// <summary>What <c>backup</c> and <c>restore</c> share about files.</summary>
internal static class DatabaseFiles
{
    private const int WorthShowing = 16_384;
    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(200);

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

    /// <summary>Shows how far it has come where somebody watches and it takes a while; null where nobody does.</summary>
    public static Action<int, int>? ProgressOn(CliContext context)
    {
        if (Console.IsErrorRedirected) return null;
        long? last = null;
        return (done, all) =>
        {
            if (all < WorthShowing || (last is { } shown && context.Clock.GetElapsedTime(shown) < BetweenShows && done < all)) return;
            last = context.Clock.GetTimestamp();
            context.Error.Write($"\r{100L * done / all} % ");
            if (done >= all) context.Error.Write("\r      \r");
            context.Error.Flush();
        };
    }
}
