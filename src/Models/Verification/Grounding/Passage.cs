namespace Aios.Models.Verification.Grounding;

/// <summary>A sentence, a cell of a table or a leaf of JSON of an answer, with what tells what it is about.</summary>
/// <param name="Text">What is checked.</param>
/// <param name="Kind">What it is.</param>
internal sealed record Passage(string Text, PassageKind Kind)
{
    /// <summary>What leads to it: the heading, a line that ends in a colon, the head of the column, the names of the fields.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What stands beside it: the paragraph, the row, the other fields.</summary>
    public string Around { get; init; } = "";

    /// <summary>The heads or field names that name exactly this figure.</summary>
    public string Field { get; init; } = "";

    /// <summary>How many items the lists of the answer have.</summary>
    public IReadOnlySet<int> Lists { get; init; } = new HashSet<int>();

    /// <summary>The text is in German, where every noun has a capital.</summary>
    public bool IsGerman { get; init; }

    /// <summary>The parts of the text.</summary>
    public IReadOnlyList<Token> Tokens => field ??= TextScanner.Scan(Text);

    /// <summary>Where it is said what a figure is about: in the text itself, in what leads to it, in what stands beside it.</summary>
    public IReadOnlyList<PassageScope> Scopes => field ??= [new(Own, Tokens), new(Near, [.. Tokens, .. TextScanner.Scan(Lead)]), new(Wide, WideTokens)];

    /// <summary>The text and what leads to it, as texts are compared.</summary>
    public string Near => field ??= Words.Normal($"{Field} {Text} {Lead}");

    /// <summary>The words of the text and of what leads to it.</summary>
    public IReadOnlySet<string> NearWords => field ??= Near.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>The text alone, as texts are compared.</summary>
    public string Own => field ??= Words.Normal($"{Field} {Text}");

    /// <summary>All that tells what it is about, as texts are compared.</summary>
    public string Wide => field ??= Words.Normal($"{Field} {Text} {Lead} {Around}");

    /// <summary>The parts of all that tells what it is about.</summary>
    public IReadOnlyList<Token> WideTokens => field ??= [.. Tokens, .. TextScanner.Scan(Lead), .. TextScanner.Scan(Around)];
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
internal sealed record PassageScope(string Normal, IReadOnlyList<Token> Tokens);
