namespace Aios.Store;

/// <summary>What a daemon sees of its database from outside, without a lock.</summary>
internal interface IDatabaseWatch : IDisposable
{
    /// <summary>What of the database is not in its place any more; null if all is there.</summary>
    string? Vanished { get; }

    /// <summary>Whether it seems to be damaged. It may only be in the middle of a commit, so ask the store then.</summary>
    bool SeemsDamaged { get; }

    /// <summary>A number that each commit changes, whoever commits; null where there is none.</summary>
    uint? Commits { get; }

    /// <summary>Whether somebody has changed the schema since the last question.</summary>
    bool TakeSchemaChanged();

    /// <summary>Whether somebody, perhaps ourselves, has written to it since it was taken last.</summary>
    bool IsTouched { get; }

    /// <summary>The same; from now on it counts as looked at.</summary>
    bool TakeTouched();
}
