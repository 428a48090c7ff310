namespace Aios.Store.Runs;

/// <summary>What was run within a stretch of time.</summary>
internal sealed class LoadStep
{
    /// <summary>Runs that began then and have succeeded.</summary>
    public long Succeeded { get; set; }

    /// <summary>Runs that began then and failed, timed out or were lost.</summary>
    public long Failed { get; set; }

    /// <summary>Runs that began then and go on, or were canceled.</summary>
    public long Other { get; set; }

    /// <summary>How long all runs together ran within it, seconds.</summary>
    public double BusySeconds { get; set; }
}
