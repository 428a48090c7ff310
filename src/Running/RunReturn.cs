namespace Aios.Running;

/// <summary>What a program left behind.</summary>
/// <param name="ResultJson">Valid JSON, or null.</param>
/// <param name="Problem">Why a result that is there was not kept, or null.</param>
/// <param name="Reason">Why a function failed, or null.</param>
internal sealed record RunReturn(string? ResultJson, string? Problem, string? Reason)
{
    /// <summary>Whether a result is there that is longer than any may be.</summary>
    public bool IsTooLong => Problem?.StartsWith(PrivateFile.TooLong, StringComparison.Ordinal) == true;

    /// <summary>When it ended, where somebody else has noted it: before now for one that nobody watched at its end.</summary>
    public DateTimeOffset? Ended { get; init; }
}
