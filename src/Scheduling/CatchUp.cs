namespace Aios.Scheduling;

/// <summary>What is done about occurrences that were missed while nothing could run.</summary>
internal enum CatchUp
{
    /// <summary>They are recorded as skipped.</summary>
    None,

    /// <summary>One run makes up for all of them.</summary>
    Once,

    /// <summary>Each of them is run, oldest first.</summary>
    All,
}
