namespace Aios.Store.Jobs;

/// <summary>That a job starts nothing new, on any device, until the hold is taken away.</summary>
/// <param name="Kind">What somebody asked for.</param>
/// <param name="Since">UTC.</param>
internal sealed record JobHold(HoldKind Kind, DateTimeOffset Since)
{
    /// <summary>"paused", "stopped" or "ended".</summary>
    public string Word => Kind.Name();

    /// <summary>For the rows that it holds up.</summary>
    public string Reason(string jobName) =>
        Kind == HoldKind.Ended
            ? $"ended, and its `restart` does not bring it back; {Remedy(jobName)} does"
            : $"{Word}; {Remedy(jobName)} lets it run";

    /// <summary>The command that takes it away. Both verbs do the same; each says the opposite of what was done.</summary>
    public string Remedy(string jobName) => $"`aios {(Kind == HoldKind.Paused ? "resume" : "start")} {jobName}`";
}
