using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>What a user reads, as it lies in the source tree.</summary>
internal static partial class Documents
{
    /// <summary>The root of the source tree.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>README.md and all pages of docs/, relative to the root.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "README.md",
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
            .Select(path => $"docs/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The pages of the examples, relative to the root. Their commands are carried out by ExampleTests.</summary>
    public static IReadOnlyList<string> OfExamples { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Root, "examples"), "README.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What stands in a job list that shows a mistake.</summary>
    public const string MeantMistake = "# a mistake";

    /// <summary>The text of a page.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, name)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks of a page.</summary>
    public static IEnumerable<DocumentBlock> Blocks(string name)
    {
        var text = Read(name);
        return Block()
            .Matches(text)
            .Select(match => new DocumentBlock(
                name,
                LineOf(text, match.Groups["text"].Index),
                match.Groups["kind"].Value,
                match.Groups["text"].Value
            ));
    }

    /// <summary>Those of a page that begin with that word or words.</summary>
    public static IEnumerable<DocumentBlock> Blocks(string name, string kind) => Blocks(name).Where(block => block.Kind == kind);

    /// <summary>What lies between <c>&lt;!-- NAME:begin --&gt;</c> and <c>&lt;!-- NAME:end --&gt;</c>.</summary>
    public static string Between(string name, string marker)
    {
        var (begin, end) = ($"<!-- {marker}:begin -->\n", $"<!-- {marker}:end -->");
        var text = Read(name);
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"{name} has no part between the markers of {marker}.");
        return text[from..to];
    }

    /// <summary>Where the links of a page lead to, each with its line; what stands in blocks and code is no link.</summary>
    public static IEnumerable<(int Line, string Target)> Links(string name)
    {
        var text = Code().Replace(WithoutBlocks(name), "");
        return Link().Matches(text).Select(match => (LineOf(text, match.Index), match.Groups["target"].Value));
    }

    /// <summary>What a page has as code within its text, each with its line.</summary>
    public static IEnumerable<(int Line, string Text)> Codes(string name)
    {
        var text = WithoutBlocks(name);
        return Code().Matches(text).Select(match => (LineOf(text, match.Index), match.Value.Trim('`')));
    }

    /// <summary>The anchors that a page's headings have, as GitHub makes them.</summary>
    public static IReadOnlySet<string> Anchors(string name) =>
        Heading()
            .Matches(Block().Replace(Read(name), ""))
            .Select(match => NotInAnchors().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);

    // With as many lines as it has.
    private static string WithoutBlocks(string name) =>
        Block().Replace(Read(name), match => new string('\n', match.Value.Count(letter => letter == '\n')));

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    // Tests may be run from anywhere; where they were compiled is told by the compiler.
    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"^```(?<kind>[^\n]*)\n(?<text>.*?)^```[ ]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} +(?<text>[^\n]+?) *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
