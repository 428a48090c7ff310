using System.Collections.Immutable;

namespace Aios.Access;

/// <summary>
/// The jobs that somebody may see and touch, by name; <c>*</c> stands for any letters, also none. Upper and lower case differ.
/// </summary>
internal sealed record JobPatterns(ImmutableArray<string> Patterns)
{
    /// <summary>All jobs.</summary>
    public static readonly JobPatterns All = new([]);

    /// <summary>Whether no name is left out.</summary>
    public bool IsAll => Patterns.IsEmpty;

    /// <summary>Whether the job is one of them.</summary>
    public bool Match(string jobName) => IsAll || Patterns.Any(pattern => Match(pattern, WithoutStep(jobName)));

    // Who may see a flow may see its steps, whose runs have its name, a slash and theirs.
    private static ReadOnlySpan<char> WithoutStep(string jobName) =>
        jobName.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? jobName.AsSpan(0, slash) : jobName;

    /// <summary>Patterns separated by commas; nothing for all jobs.</summary>
    public static JobPatterns Parse(string? text) =>
        new([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);

    /// <inheritdoc />
    public override string ToString() => string.Join(',', Patterns);

    // Goes back to the last star where the letters after it do not fit; never further, so it costs at most the product of the lengths.
    private static bool Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (at, star, from) = (0, -1, 0);
        for (var i = 0; i < name.Length; )
        {
            if (at < pattern.Length && pattern[at] == '*')
                (star, from, at) = (at, i, at + 1);
            else if (at < pattern.Length && pattern[at] == name[i])
                (at, i) = (at + 1, i + 1);
            else if (star >= 0)
                (at, i) = (star + 1, ++from);
            else
                return false;
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
