using System.CommandLine;

namespace Aios.Cli;

/// <summary>A command with examples, which its help, the manual page and docs/cli.md show.</summary>
internal sealed class Verb(string name, string description, params Example[] examples) : Command(name, description)
{
    /// <summary>How it is used.</summary>
    public IReadOnlyList<Example> Examples { get; } = examples;

    /// <summary>What to write instead of one argument more than it takes, as a sentence; null where nothing can be said.</summary>
    public Func<ParseResult, string, string?> AdviceOnExtra { get; init; } = (_, _) => null;
}
