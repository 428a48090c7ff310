namespace Aios.Expressions.Functions;

/// <summary>Counts the characters of Unicode in a text, where .NET counts UTF-16 units.</summary>
internal static class Characters
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDBFF'); at >= 0 && at + 1 < text.Length; at++)
        {
            if (char.IsSurrogatePair(text[at], text[at + 1]))
                count--;
        }

        return count;
    }

    /// <summary>Where in UTF-16 a character is; -1 if the text ends before it.</summary>
    public static int ToUnits(string text, long character)
    {
        if (character < 0 || character > text.Length)
            return -1;
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF') < 0)
            return (int)character;
        var at = 0;
        for (; character > 0; character--)
        {
            if (at >= text.Length)
                return -1;
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        }

        return at;
    }
}
