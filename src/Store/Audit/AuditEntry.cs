namespace Aios.Store.Audit;

/// <summary>Something that was changed.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who did it, and from where.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
internal sealed record AuditEntry(DateTimeOffset At, Actor By, string Action)
{
    /// <summary>The one job that it concerns; null if it is none, or several.</summary>
    public string? JobName { get; init; }

    /// <summary>What it concerns besides: "trigger 12", "run 7", "key deploy".</summary>
    public string? Subject { get; init; }

    /// <summary>How it was, JSON; null if there was nothing.</summary>
    public string? BeforeJson { get; init; }

    /// <summary>How it is now, JSON; null if there is nothing any more. Never a secret: no key, no value of a variable.</summary>
    public string? AfterJson { get; init; }
}
