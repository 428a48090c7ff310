using System.Text;
using Aios.Models.Verification.Grounding.Scanning;

namespace Aios.Models.Verification.Grounding.Sources;

/// <summary>The words, names and identifiers of the source.</summary>
internal sealed class Vocabulary
{
    private const int MostNearest = 4096;

    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _identifiers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly StringBuilder _text = new();
    private string? _normal;

    /// <summary>It has identifiers such as <c>load_dwh</c>, so that one that it has not is another one.</summary>
    public bool HasUnderscores => _identifiers.Any(identifier => identifier.Contains('_', StringComparison.Ordinal));

    /// <summary>Takes the words of a text or the name of a field.</summary>
    public void Add(string text)
    {
        var normal = Words.Normal(text);
        _text.Append('|').Append(normal);
        _normal = null;
        foreach (var word in normal.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _stems.Add(word);
        foreach (var token in TextScanner.Scan(text))
        {
            if (token.Kind == TokenKind.Identifier)
                AddIdentifier(token.Text);
            if (token.Kind == TokenKind.Word)
                _stems.Add(Words.Stem(token.Text));
            if (token.Kind is TokenKind.Identifier or TokenKind.Word && _names.Count < MostNearest)
                _names.Add(token.Text);
        }
    }

    // dns02 for dns02.corp.example.
    private void AddIdentifier(string identifier)
    {
        _identifiers.Add(identifier);
        foreach (var part in identifier.Split('.', '/', '@'))
        {
            if (part.Length > 1 && part.Any(char.IsLetter))
                _identifiers.Add(part);
        }
    }

    /// <summary>Whether the source has a word, whatever its case, plural or genitive.</summary>
    public bool Has(string word)
    {
        var stem = Words.Stem(word);
        return _stems.Contains(stem)
            || _stems.Contains(stem + "n")
            || (stem.Length > 4 && stem[^1] == 'n' && _stems.Contains(stem[..^1]))
            || _stems.Contains(word.ToLowerInvariant());
    }

    /// <summary>Whether the source has these words one after the other.</summary>
    public bool HasPhrase(string phrase)
    {
        var normal = Words.Normal(phrase);
        return normal.Length > 2 && (_normal ??= _text.ToString()).Contains(normal, StringComparison.Ordinal);
    }

    /// <summary>Whether the source has an identifier as it is.</summary>
    public bool HasIdentifier(string identifier) => _identifiers.Contains(identifier);

    /// <summary>Whether the source has identifiers that begin like this one and end in other digits.</summary>
    public bool HasSeries(string identifier)
    {
        var start = identifier.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return start.Length > 1
            && start.Length < identifier.Length
            && _identifiers.Any(known =>
                known.Length > start.Length
                && known.StartsWith(start, StringComparison.OrdinalIgnoreCase)
                && char.IsAsciiDigit(known[start.Length])
            );
    }

    /// <summary>Whether words of the source one after the other begin with these letters.</summary>
    public bool HasInitials(string letters)
    {
        var words = (_normal ??= _text.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at + letters.Length <= words.Length; at++)
        {
            if (letters.Index().All(letter => char.ToUpperInvariant(words[at + letter.Index][0]) == letter.Item))
                return true;
        }

        return false;
    }

    /// <summary>What of the source is most like a name; null if nothing is.</summary>
    public string? Nearest(string name) =>
        _names
            .Select(known => (Known: known, Distance: Platform.NearestName.Distance(known, name)))
            .Where(near => near.Distance <= Math.Max(2, name.Length / 2))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Known, StringComparer.Ordinal)
            .Select(near => near.Known)
            .FirstOrDefault();
}
