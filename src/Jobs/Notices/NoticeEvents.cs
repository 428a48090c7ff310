namespace Aios.Jobs;

/// <summary>What somebody may want to be told of.</summary>
[Flags]
internal enum NoticeEvents
{
    None = 0,

    /// <summary>A job has failed, and no attempt is left.</summary>
    Failure = 1,

    /// <summary>A job of which something bad was told is well again.</summary>
    Recovery = 2,

    /// <summary>An <c>always</c> job ends again and again soon after its start.</summary>
    CrashLoop = 4,

    /// <summary>A job has not succeeded within its <c>deadline</c>.</summary>
    Late = 8,

    /// <summary>A step of a job waits for a person's approval.</summary>
    Approval = 16,

    All = Failure | Recovery | CrashLoop | Late | Approval,
}
