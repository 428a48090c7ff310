namespace Aios.Store.Logs;

/// <summary>Which lines of the log; what is null does not matter.</summary>
internal sealed record LogQuery
{
    /// <summary>Only those of this job's runs.</summary>
    public string? JobName { get; init; }

    /// <summary>Only those of jobs that match one of these patterns, in which <c>*</c> stands for any letters; empty for all.</summary>
    public IReadOnlyList<string> JobPatterns { get; init; } = [];

    /// <summary>Only those of this run.</summary>
    public long? RunId { get; init; }

    /// <summary>Only those from this instant on, UTC.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those of this level, one of the words in <see cref="LogLevel"/>, or a higher one.</summary>
    public string? Level { get; init; }
}
