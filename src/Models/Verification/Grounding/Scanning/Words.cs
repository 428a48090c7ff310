using System.Text;

namespace Aios.Models.Verification.Grounding.Scanning;

/// <summary>Brings words into a form in which they are compared.</summary>
internal static class Words
{
    /// <summary>A word without case, genitive and plural.</summary>
    public static string Stem(string word)
    {
        var stem = word.ToLowerInvariant();
        if (stem.EndsWith("'s", StringComparison.Ordinal) || stem.EndsWith("’s", StringComparison.Ordinal))
            stem = stem[..^2];
        stem = stem.TrimEnd('\'', '’');
        if (stem.Length > 4 && stem.EndsWith("ies", StringComparison.Ordinal))
            return stem[..^3] + "y";
        if (stem.Length > 4 && (stem.EndsWith("xes", StringComparison.Ordinal) || stem.EndsWith("ches", StringComparison.Ordinal)))
            return stem[..^2];
        return stem.Length > 3 && stem[^1] == 's' && stem[^2] != 's' ? stem[..^1] : stem;
    }

    /// <summary>The stems of a text's words and its numbers, with a space around each.</summary>
    public static string Normal(string text) => $" {string.Join(' ', Split(text).Select(Stem))} ";

    /// <summary>The words and numbers of a text or of the name of a field: <c>unit_price</c>, <c>unitPrice</c>.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            var isInside =
                char.IsLetterOrDigit(letter)
                || (letter is '\'' or '’' && word.Length > 0 && at + 1 < text.Length && char.IsLetter(text[at + 1]));
            if (word.Length > 0 && (!isInside || IsNewWord(text, at)))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (isInside)
                word.Append(letter);
        }

        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>The stems of the words of a field's name.</summary>
    public static string[] OfField(string name) => [.. Split(name).Select(Stem)];

    private static bool IsNewWord(string text, int at) =>
        char.IsUpper(text[at]) && char.IsLower(text[at - 1])
        || (char.IsDigit(text[at]) && at > 2 && char.IsLower(text[at - 1]) && char.IsLower(text[at - 2]) && char.IsLower(text[at - 3]));
}
