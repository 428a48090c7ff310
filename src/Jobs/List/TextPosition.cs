namespace Aios.Jobs;

/// <summary>Turns a position in a text into what an editor shows.</summary>
internal static class TextPosition
{
    /// <summary>Line and column from 1.</summary>
    public static (int Line, int Column) Of(ReadOnlySpan<char> text, int position)
    {
        var before = text[..position];
        return (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
    }
}
