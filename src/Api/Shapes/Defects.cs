namespace Aios.Api.Shapes;

/// <summary>What is wrong with a request, by field.</summary>
internal sealed class Defects
{
    private const int Most = 50;
    private const int Longest = 500;
    private readonly List<FieldDefect> _found = [];

    /// <summary>All of it, or its beginning.</summary>
    public IReadOnlyList<FieldDefect> Found => _found;

    /// <summary>Tells one.</summary>
    /// <param name="field">Where it is: a JSON Pointer into the body, or the name of a parameter.</param>
    /// <param name="what">What was found and what was expected.</param>
    public void Add(string field, string what)
    {
        if (_found.Count < Most)
            _found.Add(new FieldDefect(Cut(field), Cut(what)));
    }

    // What is told back is never the larger part of what came in.
    private static string Cut(string text) =>
        text.Length <= Longest ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)}…";
}
