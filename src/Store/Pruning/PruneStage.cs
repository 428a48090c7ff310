namespace Aios.Store.Pruning;

/// <summary>The parts of a round, in their order.</summary>
internal enum PruneStage
{
    /// <summary>Closed triggers with their runs and the lines of those.</summary>
    Triggers,

    /// <summary>Ended runs, also of triggers that are open or gone, with their lines.</summary>
    Runs,

    /// <summary>Log lines, also the daemon's own and those of runs that go on.</summary>
    Lines,

    /// <summary>Signals that no open flow may still take.</summary>
    Signals,

    /// <summary>Calls to language models.</summary>
    Calls,

    /// <summary>Pages that hold nothing any more are given back to the disk.</summary>
    Space,

    /// <summary>Everything has been looked at.</summary>
    Done,
}
