using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding;

/// <summary>A sentence, a cell of a table or a leaf of JSON of an answer, with what tells what it is about.</summary>
/// <param name="Text">What is checked.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Passage(string Text, PassageKind Kind)
{
    private const int LongestTopic = 60;

    /// <summary>What leads to it: the heading, a line that ends in a colon, the head of the column, the names of the fields.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What stands beside it: the paragraph, the row, the other fields.</summary>
    public string Around { get; init; } = "";

    /// <summary>The heads or field names that name exactly this figure.</summary>
    public string Field { get; init; } = "";

    /// <summary>How many items the lists of the answer have.</summary>
    public IReadOnlySet<int> Lists { get; init; } = new HashSet<int>();

    /// <summary>The words that the answer has in small letters somewhere.</summary>
    public IReadOnlySet<string> Small { get; init; } = new HashSet<string>();

    /// <summary>The text is in German, where every noun has a capital.</summary>
    public bool IsGerman { get; init; }

    /// <summary>The text is neither in English nor in German.</summary>
    public bool IsOther { get; init; }

    /// <summary>The list or the column of a table of the answer that it is an item of; null for none.</summary>
    public string? Series { get; init; }

    /// <summary>The parts of the text.</summary>
    public IReadOnlyList<Token> Tokens => field ??= TextScanner.Scan(Text);

    /// <summary>Where it is said what a figure is about: in the text itself, in what leads to it, in what stands beside it.</summary>
    public IReadOnlyList<PassageScope> Scopes =>
        field ??= [new(Own, Tokens), new(Near, [.. Tokens, .. TextScanner.Scan(Lead)]), new(Wide, WideTokens)];

    /// <summary>The text and what leads to it, as texts are compared.</summary>
    public string Near => field ??= Words.Normal($"{Field} {Text} {Lead}");

    /// <summary>The words of the text and of what leads to it.</summary>
    public IReadOnlySet<string> NearWords =>
        field ??= Near.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>The first letters of words one after the other: rh for relative humidity.</summary>
    public IReadOnlySet<string> Initials => field ??= InitialsOf([.. Near.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>The text alone, as texts are compared.</summary>
    public string Own => field ??= Words.Normal($"{Field} {Text}");

    /// <summary>All that tells what it is about, as texts are compared.</summary>
    public string Wide => field ??= Words.Normal($"{Field} {Text} {Lead} {Around}");

    /// <summary>The parts of all that tells what it is about.</summary>
    public IReadOnlyList<Token> WideTokens => field ??= [.. Tokens, .. TextScanner.Scan(Lead), .. TextScanner.Scan(Around)];

    /// <summary>The part of the sentence that a number is in: between commas, brackets and semicolons; null if that is all of it.</summary>
    public PassageScope? ClauseOf(Token number)
    {
        var (start, end) = (number.Start, number.End);
        while (start > 0 && !IsBreak(start - 1))
            start--;
        while (end < Text.Length && !IsBreak(end))
            end++;
        if (start == 0 && end == Text.Length)
            return null;
        var clause = Text[start..end];
        return new PassageScope(Words.Normal(clause), TextScanner.Scan(clause));
    }

    /// <summary>What stands between the number before and a number; null if there is none before.</summary>
    public PassageScope? StretchOf(Token number)
    {
        var before = Tokens.LastOrDefault(token => token.End <= number.Start && token.Kind == TokenKind.Number);
        if (before is null)
            return null;
        var stretch = Text[before.End..number.End];
        return new PassageScope(Words.Normal(stretch), TextScanner.Scan(stretch));
    }

    /// <summary>What the text begins with, up to a colon or a dash: the thing that the line is about; null if there is none.</summary>
    public PassageScope? Topic
    {
        get
        {
            var end = TopicEnd();
            if (end <= 0 || end > LongestTopic)
                return null;
            return new PassageScope(Words.Normal(Text[..end]), TextScanner.Scan(Text[..end]));
        }
    }

    private int TopicEnd()
    {
        foreach (var mark in (string[])[": ", " – ", " — ", " - "])
        {
            if (Text.IndexOf(mark, StringComparison.Ordinal) is > 0 and var end)
                return end;
        }

        return -1;
    }

    private bool IsBreak(int at) =>
        Text[at] is ';' or '(' or ')' || (Text[at] == ',' && (at + 1 == Text.Length || !char.IsAsciiDigit(Text[at + 1])));

    private static HashSet<string> InitialsOf(string[] words)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var length = 2; length <= 4; length++)
        {
            for (var at = 0; at + length <= words.Length; at++)
                found.Add(string.Concat(words.Skip(at).Take(length).Select(word => word[0])));
        }

        return found;
    }
}

/// <summary>What a passage is.</summary>
internal enum PassageKind
{
    Sentence,
    Heading,
    Cell,
    Leaf,
}

/// <summary>A part of what tells what a passage is about.</summary>
/// <param name="Normal">Its words, as texts are compared.</param>
/// <param name="Tokens">Its parts.</param>
internal sealed record PassageScope(string Normal, IReadOnlyList<Token> Tokens)
{
    /// <summary>The words.</summary>
    public IReadOnlySet<string> Words =>
        field ??= Normal.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
