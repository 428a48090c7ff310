using Aios.Platform;
using Aios.Running;
using Aios.Store;

namespace Aios.Daemon.Presence;

/// <summary>
/// <c>.aios/</c> beside the database: locks of living daemons, the files of runs that go on, and what programs may import.
/// Nothing in it but the end of the audit is worth keeping while no daemon runs.
/// </summary>
internal sealed class StateFolder
{
    private const string DomainFile = "lock-domain";
    private const int DatabaseDigits = 12;
    private const int BootDigits = 32;

    private readonly string _path;

    private StateFolder(string path, string lockDomain)
    {
        _path = path;
        LockDomain = lockDomain;
    }

    /// <summary>Daemons that read the same value here see each other's locks, whatever machine or container they are in.</summary>
    public string LockDomain { get; }

    /// <summary>Makes the folder if it is missing.</summary>
    public static StateFolder Open(IDatabase database)
    {
        var path = PathBeside(database);
        OwnFile.ClaimFolder(path);
        return new StateFolder(path, ReadOrMakeDomain(Path.Combine(path, DomainFile)));
    }

    /// <summary>A file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>The folder as it is, to look at; null if there is none.</summary>
    public static StateFolder? Find(IDatabase database)
    {
        var path = PathBeside(database);
        var domain = Path.Combine(path, DomainFile);
        return System.IO.File.Exists(domain) ? new StateFolder(path, OwnFile.Read(domain)) : null;
    }

    /// <summary>The locks that living daemons hold, by name.</summary>
    public IEnumerable<string> HeldLocks() =>
        Directory
            .EnumerateFiles(_path, "*.lock")
            .Where(DeviceLock.IsHeld)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);

    /// <summary>Where a boot of a device keeps the files of its runs. Several databases may share the folder.</summary>
    public string RunFiles(string databaseId, string bootId) => Path.Combine(_path, $"{RunFilesPrefix(databaseId)}{bootId}");

    /// <summary>The same for a trial, which is of no database.</summary>
    public string TrialFiles(string bootId) => Path.Combine(_path, $"runs-{bootId}");

    /// <summary>The boots of a database's devices that have left files of runs.</summary>
    public IReadOnlyList<string> BootsWithRunFiles(string databaseId)
    {
        var prefix = RunFilesPrefix(databaseId);
        var spare = RunFolder.SpareOf(Path.Combine(_path, prefix));
        return [.. BootsIn(_path, prefix).Concat(BootsIn(Path.GetDirectoryName(spare)!, Path.GetFileName(spare))).Distinct()];
    }

    /// <summary>The lock of a device.</summary>
    public string LockFile(string device)
    {
        var name = string.Concat(device.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_'));
        return Path.Combine(_path, $"{name}.lock");
    }

    /// <summary>Whether any daemon of this folder lives, whatever its device and its database.</summary>
    public bool AnyLockIsHeld() =>
        Directory
            .EnumerateFiles(_path, "*.lock")
            .Any(path =>
            {
                using var taken = DeviceLock.TryTake(path);
                return taken is null;
            });

    /// <summary>Removes the files of a boot's runs.</summary>
    public void RemoveRunFiles(string databaseId, string bootId)
    {
        // It comes from a row, and others write rows.
        if (bootId.Contains(Path.DirectorySeparatorChar))
            return;
        var folder = RunFiles(databaseId, bootId);
        Remove(folder);
        Remove(RunFolder.SpareOf(folder));
    }

    /// <summary>
    /// Removes those that no database is named by, of a trial that was killed or of AIOS 0.1.0, once nobody has used them for
    /// long.
    /// </summary>
    public void RemoveOwnerlessRunFiles(DateTimeOffset unusedSince)
    {
        foreach (
            var folder in Directory
                .EnumerateDirectories(_path, "runs-*")
                .Where(folder => Path.GetFileName(folder).Length == "runs-".Length + BootDigits)
        )
        {
            if (Directory.GetLastWriteTimeUtc(folder) < unusedSince.UtcDateTime)
                Remove(folder);
        }
    }

    private static IEnumerable<string> BootsIn(string folder, string prefix) =>
        Directory.EnumerateDirectories(folder, $"{prefix}*").Select(path => Path.GetFileName(path)[prefix.Length..]);

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not ours, or something is still written to it: the next look removes it.
        }
    }

    private static string RunFilesPrefix(string databaseId) =>
        $"runs-{string.Concat(databaseId.Where(char.IsAsciiLetterOrDigit).Take(DatabaseDigits))}-";

    private static string PathBeside(IDatabase database) => Path.Combine(database.Folder, ".aios");

    private static string ReadOrMakeDomain(string file)
    {
        try
        {
            using var made = new StreamWriter(OwnFile.Make(file, OwnFile.Readable));
            var domain = Guid.NewGuid().ToString("n");
            made.Write(domain);
            return domain;
        }
        catch (IOException) when (Path.Exists(file))
        {
            return ReadDomain(file);
        }
    }

    // Another daemon may be writing it just now.
    private static string ReadDomain(string file)
    {
        for (var tries = 0; tries < 50; tries++)
        {
            var domain = OwnFile.Read(file);
            if (domain.Length == 32)
                return domain;
            Thread.Sleep(10);
        }

        System.IO.File.Delete(file);
        return ReadOrMakeDomain(file);
    }
}
