using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Jobs;

namespace Aios.Store;

/// <summary>A database and how to reach it. Whoever asks knows nothing of what is behind it.</summary>
internal interface IDatabase
{
    /// <summary>What people call it, and what programs get (<c>AIOS_DB</c>).</summary>
    string Name { get; }

    /// <summary>The folder on this machine beside which AIOS keeps what belongs to it: locks of devices, files of runs.</summary>
    string Folder { get; }

    /// <summary>Whether it is there, perhaps empty.</summary>
    bool Exists { get; }

    /// <summary>Which one is there: another answer says that it was replaced. Null if none is.</summary>
    string? Identity { get; }

    /// <summary>Whether its schema is the one that this program writes.</summary>
    bool IsCurrent { get; }

    /// <summary>Whether it may be lost with the container in which AIOS runs; <see cref="MountRisk"/> says why.</summary>
    bool IsMountedAlone { get; }

    /// <summary>What such a mount can cost, in words; null if it is none.</summary>
    string? MountRisk { get; }

    /// <summary>How commits are made safe; null if there is no database yet.</summary>
    JournalMode? Journal { get; }

    /// <summary>How large it is.</summary>
    StoreSize Size { get; }

    /// <summary>How to make it smaller where nothing can be given back to the disk while it is used.</summary>
    string ShrinkAdvice { get; }

    /// <summary>The end of its audit that is kept apart from it.</summary>
    AuditHeadFile AuditHead { get; }

    /// <summary>Connects for writing; makes it if it is missing, and brings its schema forward.</summary>
    /// <param name="journal">Null leaves it as it is.</param>
    /// <param name="clock">For waiting.</param>
    /// <exception cref="StoreException">It cannot be opened, is no database, or is newer than this program.</exception>
    IStoreConnection Connect(JournalMode? journal = null, TimeProvider? clock = null);

    /// <summary>Connects for reading; null if there is none yet.</summary>
    /// <param name="patience">How long others' locks are waited for; null for as long as usual.</param>
    /// <exception cref="StoreException">It cannot be opened or is not one of AIOS.</exception>
    IStoreReader? Read(TimeSpan? patience = null);

    /// <summary>As above, for who can answer without it: null also if it is not AIOS's yet, as a database of the Python original.</summary>
    IStoreReader? ReadIfUsed();

    /// <summary>Waits for commits of others, beside a reader.</summary>
    IStoreChanges Follow(IStoreReader reader);

    /// <summary>Watches it for a daemon.</summary>
    /// <param name="identity">Which one was there before it was opened; null for one that was made just now.</param>
    /// <param name="touched">Called when somebody, perhaps ourselves, may have committed.</param>
    IDatabaseWatch Watch(string? identity, Action touched);

    /// <summary>How long it takes until a small change is durable; null if there is no database.</summary>
    /// <exception cref="StoreException">It was not within <paramref name="patience"/>, or cannot be.</exception>
    TimeSpan? TimeToWrite(TimeSpan patience, TimeProvider clock);

    /// <summary>Looks at it without changing it; null if there is none, or nothing in it.</summary>
    /// <param name="longest">How long looking it through may take, during which nobody can commit.</param>
    /// <exception cref="StoreException">It cannot be opened, is no database, or not AIOS's.</exception>
    DatabaseExamination? Examine(TimeSpan longest);

    /// <summary>The job list that later versions of the Python original kept in it.</summary>
    /// <exception cref="StoreException">There is no database, no such list in it, or it cannot be read.</exception>
    IReadOnlyList<OriginalJob> OriginalJobs();

    /// <summary>Whether a path leads to it, by any name, or to what is kept beside it.</summary>
    bool Owns(string path);

    /// <summary>Makes a consistent copy of it, while others go on using it.</summary>
    /// <param name="target">An empty file.</param>
    /// <param name="progress">Gets how much of how much is done.</param>
    /// <exception cref="StoreException">It could not be made, and the target is worth nothing.</exception>
    void CopyTo(string target, Action<long, long>? progress);

    /// <summary>Puts a copy in its place; what was there is kept beside it.</summary>
    /// <param name="source">The copy.</param>
    /// <param name="refuseInUse">Throws if one of its devices lives; gets null where it is too damaged to tell.</param>
    /// <param name="clock">For the name of what is kept.</param>
    /// <param name="progress">Gets how much of how much is done.</param>
    /// <exception cref="StoreException">The copy is none that this program can go on with, or others use the database.</exception>
    Restoration Restore(string source, Action<IReadOnlyList<DeviceRecord>?> refuseInUse, TimeProvider clock, Action<long, long>? progress);
}

/// <summary>How large a database is, in bytes.</summary>
/// <param name="Bytes">The database.</param>
/// <param name="LogBytes">Its write-ahead log; 0 if it has none.</param>
internal readonly record struct StoreSize(long Bytes, long LogBytes);

/// <summary>A database that was put in the place of another.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Kept">As what the former one is kept; null if there was none.</param>
/// <param name="Running">How many runs went on when the copy was made.</param>
internal sealed record Restoration(long Bytes, string? Kept, long Running);
