namespace Aios.Jobs.Schedules;

/// <summary>After which ends an <c>always</c> job is started again. The names in a job list are these in snake_case.</summary>
internal enum RestartPolicy
{
    /// <summary>After each end.</summary>
    Always,

    /// <summary>After an end that is a failure.</summary>
    OnFailure,

    /// <summary>After none.</summary>
    Never,
}
