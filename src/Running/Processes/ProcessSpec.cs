namespace Aios.Running;

/// <summary>A process to start.</summary>
/// <param name="Mark">What its environment says of where it belongs.</param>
/// <param name="Executable">An absolute path.</param>
/// <param name="Argv">With argument zero.</param>
/// <param name="Environment">The whole environment; each name once.</param>
/// <param name="WorkingDirectory">An absolute path.</param>
internal sealed record ProcessSpec(
    ProcessMark Mark,
    string Executable,
    IReadOnlyList<string> Argv,
    IReadOnlyList<KeyValuePair<string, string>> Environment,
    string WorkingDirectory
)
{
    /// <summary>What binds it from its first instruction on; null where nothing does.</summary>
    public StartLimits? Limits { get; init; }

    /// <summary>A file that it makes as its first act, so that its start can be told when this process is dead; null for none.</summary>
    public string? Stamp { get; init; }

    /// <summary>What its standard input is: a descriptor of this process above 2, or null for one that is empty. Linux only.</summary>
    public int? Input { get; init; }
}
