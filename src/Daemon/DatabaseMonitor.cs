namespace Aios.Daemon;

/// <summary>Looks whether others have written to the database, or taken it away.</summary>
internal sealed class DatabaseMonitor(DaemonParts parts)
{
    private readonly CommitRecheck _recheck = new(parts.Context.Clock);
    private uint? _seenCommits;

    /// <summary>How long until the next look is due; null if none is.</summary>
    public TimeSpan? DueIn => _recheck.DueIn;

    /// <summary>Whether the file was deleted or replaced; it is logged then.</summary>
    public bool IsGone()
    {
        if (parts.Files.Database.Vanished is not { } vanished) return false;
        parts.Log.Error($"{vanished} was deleted or replaced while the daemon ran. Ending all runs; start AIOS again to go on with the file that is there now.");
        return true;
    }

    /// <summary>Whether there is reason for a look.</summary>
    public bool IsDue(bool look)
    {
        IsTouched = parts.Files.Database.TakeTouched();
        return IsTouched || look || _recheck.IsDue();
    }

    private bool IsTouched { get; set; }

    /// <summary>Looks; the answer is whether there may be something to do, and whether the schema has changed.</summary>
    public (bool HasMore, bool SchemaChanged) Look()
    {
        if (parts.Store.Trouble is { IsDamage: false }) return default;
        // Whatever is tried shows whether it is.
        var hasMore = parts.Files.Database.SeemsDamaged;
        var schemaChanged = parts.Files.Database.TakeSchemaChanged();
        var commits = parts.Files.Database.Commits;
        if (commits is not null && commits == _seenCommits) return (hasMore, schemaChanged);
        _seenCommits = commits;
        // A write-ahead log is written to a moment before the commit can be seen, and nothing tells of that.
        if (IsTouched && commits is null) _recheck.Begin();
        return (hasMore | parts.Store.ForeignCommit().GetAwaiter().GetResult(), schemaChanged);
    }
}
