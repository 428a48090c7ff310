namespace Aios.Health;

/// <summary>How well a job is.</summary>
internal enum JobCondition
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>Its last run went well, but too many before it did not.</summary>
    Flaky,

    /// <summary>It fails.</summary>
    Failing,

    /// <summary>An <c>always</c> job whose process ends again and again.</summary>
    CrashLoop,

    /// <summary>It has not succeeded within its deadline.</summary>
    Late,

    /// <summary>Nobody wants it to run just now: it is disabled, paused, stopped or has ended.</summary>
    Off,
}
