namespace Aios.Store;

/// <summary>What a daemon sees of its database from outside, without a lock.</summary>
internal interface IDatabaseWatch : IDisposable
{
    /// <summary>What of the database is not in its place any more; null if all is there.</summary>
    string? Vanished { get; }

    /// <summary>Looks at it once.</summary>
    DatabaseGlance Glance();

    /// <summary>Whether somebody, perhaps ourselves, has written to it since it was taken last.</summary>
    bool IsTouched { get; }

    /// <summary>The same; from now on it counts as looked at.</summary>
    bool TakeTouched();
}

/// <summary>What one look at a database shows.</summary>
/// <param name="SeemsDamaged">Whether it seems to be damaged. It may only be in the middle of a commit, so ask the store then.</param>
/// <param name="SchemaChanged">Whether somebody has changed the schema since the look before.</param>
/// <param name="Commits">A number that each commit changes, whoever commits; null where there is none.</param>
internal readonly record struct DatabaseGlance(bool SeemsDamaged, bool SchemaChanged, uint? Commits);
