namespace Aios.Cli.Completion;

/// <summary>What can be put where somebody types.</summary>
/// <param name="Items">Words, each with what it means if that is known.</param>
/// <param name="OrFiles">Whether the name of a file or folder would do, which the shell knows best.</param>
internal sealed record Completions(IReadOnlyList<(string Word, string? About)> Items, bool OrFiles);
