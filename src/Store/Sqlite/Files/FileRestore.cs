using System.Globalization;
using Aios.Platform;
using Aios.Store.Devices;

namespace Aios.Store.Sqlite.Files;

/// <summary>Puts a copy in the place of a database, which is kept beside it.</summary>
/// <param name="path">The database.</param>
/// <param name="refuseInUse">Throws if one of its devices lives; gets null where it is too damaged to tell.</param>
/// <param name="clock">For the name of what is kept.</param>
internal sealed class FileRestore(string path, Action<IReadOnlyList<DeviceRecord>?> refuseInUse, TimeProvider clock)
{
    // What SQLite keeps beside a database.
    private static readonly string[] Companions = ["-journal", "-wal", "-shm"];

    private bool HasContent => File.Exists(path) && new FileInfo(path).Length > 0;

    /// <summary>Whether a path leads to a database, by any name, or to what SQLite keeps beside it.</summary>
    public static bool IsOf(string database, string path)
    {
        if (path == database || Companions.Any(companion => path == database + companion))
            return true;
        return FileIdentity.Of(path) is { } identity && identity == FileIdentity.Of(database);
    }

    /// <summary>Does it.</summary>
    public Restoration Restore(string source, Action<long, long>? progress)
    {
        if (HasContent)
            refuseInUse(ExclusiveDatabase.DevicesIn(path));
        var running = DatabaseInspection.Require(source);
        using var part = PartialFile.BeginAlone(path);
        DatabaseCopy.Make(source, part.Path, readOnly: true, progress);
        var size = part.Length;
        return new Restoration(size, PutInPlace(part), running);
    }

    // There is a database at every instant: the former one until the very rename, the restored one from then on.
    private string? PutInPlace(PartialFile part)
    {
        var exists = File.Exists(path);
        DurableFile.GiveOwnerOf(exists ? path : Path.GetDirectoryName(path)!, part.Path);
        if (exists && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(part.Path, File.GetUnixFileMode(path));
        var name = FreeName();
        // Asked again now that no daemon can begin to use it.
        using var held = HasContent ? ExclusiveDatabase.Take(path) : null;
        if (held is not null)
            refuseInUse(held.Devices());
        // A journal would be taken for one of the restored database, and ruin it.
        foreach (var companion in Companions)
        {
            if (File.Exists(path + companion))
                File.Move(path + companion, name + companion);
        }

        if (exists)
            DurableFile.KeepAs(path, name);
        part.Place();
        return exists ? name : null;
    }

    private string FreeName()
    {
        var name = $"{path}.before-restore-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        var free = name;
        for (var number = 2; Path.Exists(free); number++)
            free = $"{name}-{number}";
        return free;
    }
}
