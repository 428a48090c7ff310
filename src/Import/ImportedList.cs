namespace Aios.Import;

/// <summary>What a source had.</summary>
/// <param name="Source">In words: <c>the crontab /etc/crontab</c>.</param>
internal sealed record ImportedList(string Source)
{
    /// <summary>What a reader of the list must know, line by line; it stands at the list's head.</summary>
    public IReadOnlyList<string> Head { get; init; } = [];

    /// <summary>Fields for all jobs, each value as YAML.</summary>
    public IReadOnlyList<(string Name, string Yaml)> Defaults { get; init; } = [];

    /// <summary>The jobs in the source's order.</summary>
    public IReadOnlyList<ImportedJob> Jobs { get; init; } = [];

    /// <summary>What could not be carried over and belongs to no job.</summary>
    public IReadOnlyList<ImportNote> Notes { get; init; } = [];
}
