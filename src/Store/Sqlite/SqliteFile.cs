using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Sqlite.Files;
using Aios.Store.Sqlite.Reading;

namespace Aios.Store.Sqlite;

/// <summary>A database in one file of SQLite.</summary>
/// <param name="path">An absolute path.</param>
internal sealed class SqliteFile(string path) : IDatabase
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public string Name => path;

    /// <inheritdoc />
    public string Folder => Path.GetDirectoryName(path)!;

    /// <inheritdoc />
    public bool Exists => File.Exists(path);

    /// <inheritdoc />
    public string? Identity => FileIdentity.Of(path);

    /// <inheritdoc />
    public bool IsCurrent => DatabaseInspection.IsCurrent(path);

    /// <inheritdoc />
    public bool IsMountedAlone => Mounts.IsMountPoint(path);

    /// <inheritdoc />
    public string? MountRisk => MountedFile.Risk(path);

    /// <inheritdoc />
    public JournalMode? Journal => FileExamination.JournalOf(path);

    /// <inheritdoc />
    public StoreSize Size => new(new FileInfo(path).Length, new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0);

    /// <inheritdoc />
    public string ShrinkAdvice => $"stop AIOS and do: sqlite3 {path} 'PRAGMA auto_vacuum = INCREMENTAL; VACUUM;'";

    /// <inheritdoc />
    public AuditHeadFile AuditHead => new(path);

    /// <inheritdoc />
    public IStoreConnection Connect(JournalMode? journal = null, TimeProvider? clock = null) =>
        SqliteStoreConnection.Open(path, journal, clock);

    /// <inheritdoc />
    public IStoreReader? Read(TimeSpan? patience = null) => SqliteStoreReader.Open(path, patience ?? UsualPatience);

    /// <inheritdoc />
    public IStoreReader? ReadIfUsed() => SqliteStoreReader.Open(path, UsualPatience, mayBeUnused: true);

    /// <inheritdoc />
    public IStoreChanges Follow(IStoreReader reader) => new DatabaseChanges(path, reader);

    /// <inheritdoc />
    public IDatabaseWatch Watch(string? identity, Action touched) => new FileWatch(path, identity, touched);

    /// <inheritdoc />
    public TimeSpan? TimeToWrite(TimeSpan patience, TimeProvider clock) => SqliteStoreConnection.TimeToWrite(path, patience, clock);

    /// <inheritdoc />
    public DatabaseExamination? Examine(TimeSpan longest) => FileExamination.Of(path, longest);

    /// <inheritdoc />
    public IReadOnlyList<OriginalJob> OriginalJobs() => Files.OriginalJobs.Read(path);

    /// <inheritdoc />
    public bool Owns(string other) => FileRestore.IsOf(path, other);

    /// <inheritdoc />
    public void CopyTo(string target, Action<long, long>? progress) => DatabaseCopy.Make(path, target, progress: progress);

    /// <inheritdoc />
    public Restoration Restore(
        string source,
        Action<IReadOnlyList<DeviceRecord>?> refuseInUse,
        TimeProvider clock,
        Action<long, long>? progress
    ) => new FileRestore(path, refuseInUse, clock).Restore(source, progress);

    /// <inheritdoc />
    public override string ToString() => path;
}
