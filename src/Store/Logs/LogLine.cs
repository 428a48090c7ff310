namespace Aios.Store.Logs;

/// <summary>A line of a run's output, or of a daemon's own.</summary>
/// <param name="At">When it was read, UTC.</param>
/// <param name="Level">One of the words in <see cref="LogLevel"/>.</param>
/// <param name="Message">One line.</param>
internal sealed record LogLine(DateTimeOffset At, string Level, string Message)
{
    /// <summary>The job, if it is a run's.</summary>
    public string? JobName { get; init; }

    /// <summary>The run.</summary>
    public long? RunId { get; init; }

    /// <summary><c>stdout</c> or <c>stderr</c>, if it is a run's.</summary>
    public string? Stream { get; init; }
}
