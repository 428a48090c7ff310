namespace Aios.Tests.Docs;

/// <summary>A fenced block of a page: what stands behind its fence, its text, and the number of its first line.</summary>
internal sealed record DocumentBlock(string Page, int Line, string Kind, string Text)
{
    /// <summary>The file that the reader is told to make of it (<c>yaml &gt;Jobs/mine.yaml</c>), or null.</summary>
    public string? File => Kind.Split('>', 2) is [_, var file] ? file : null;

    /// <summary>What it is written in: the first word behind its fence.</summary>
    public string Language => Kind.Split(' ', 2)[0];

    /// <inheritdoc />
    public override string ToString() => $"{Page}:{Line}: {Text.Split('\n')[0]}";
}
