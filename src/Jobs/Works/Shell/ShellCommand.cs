using System.Buffers;

namespace Aios.Jobs.Works;

/// <summary>
/// The words of a command so far, as far as a shell does more with them than to pass them on: it evaluates some words of these
/// commands as arithmetic, or as the name of a variable with an index that is arithmetic.
/// </summary>
internal sealed class ShellCommand
{
    private static readonly string[] NumberTests = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"];

    // Of commands that declare variables: those that let a shell evaluate no value.
    private static readonly SearchValues<char> HarmlessOptions = SearchValues.Create("xrgplutf");

    // The places in the word so far, and in that before it.
    private List<int> _places = [];
    private List<int> _placesBefore = [];
    private string _name = "";
    private string _before = "";
    private bool _hasOperand;

    /// <summary>Whether it is <c>[[</c> without its end: what separates commands does not in it.</summary>
    public bool IsOpenTest => _name == "[[";

    /// <summary>Whether elements of an array that it declares can be numbers.</summary>
    public bool DeclaresNumbers { get; private set; }

    private bool IsTest => _name is "[[" or "[" or "test";

    private bool IsAfterOption => !_hasOperand && _before.StartsWith('-');

    /// <summary>Begins another command.</summary>
    public void Begin(string name)
    {
        (_name, _before, _hasOperand) = (name, "", false);
        DeclaresNumbers = name == "integer";
        (_places, _placesBefore) = ([], []);
    }

    /// <summary>The next word is over.</summary>
    /// <returns>The places before it that turn out to take a number.</returns>
    public IReadOnlyList<int> Add(string word)
    {
        if (IsOpenTest && word == "]]")
            Begin("");
        var placesBefore = _placesBefore;
        (_placesBefore, _places) = (_places, []);
        var isOption = !_hasOperand && word is ['-' or '+', _, ..] && word != "--";
        DeclaresNumbers |= isOption && word.AsSpan(1).ContainsAnyExcept(HarmlessOptions);
        _hasOperand |= !isOption;
        _before = word;
        return IsTest && NumberTests.Contains(word) ? placesBefore : [];
    }

    /// <summary>A value is in the word.</summary>
    public void AddPlace(int place) => _places.Add(place);

    /// <summary>What a value can be in the word.</summary>
    /// <param name="word">The word up to there.</param>
    public ShellTakes Takes(string word) =>
        _name switch
        {
            "let" => ShellTakes.Number,
            "[[" or "[" or "test" when NumberTests.Contains(_before) => ShellTakes.Number,
            "[[" or "[" or "test" when _before is "-v" or "-R" => ShellTakes.Name,
            "declare" or "typeset" or "local" or "export" or "readonly" or "integer" => TakesDeclared(word),
            "unset" or "mapfile" or "readarray" => ShellTakes.Name,
            "read" when IsAfterOption && "dinNptu".Contains(_before[^1]) => ShellTakes.Text,
            "read" => ShellTakes.Name,
            "printf" => TakesAfter('v', word),
            "wait" => TakesAfter('p', word),
            _ => ShellTakes.Text,
        };

    private ShellTakes TakesDeclared(string word) =>
        DeclaresNumbers ? ShellTakes.Number
        : word.Contains('=', StringComparison.Ordinal) ? ShellTakes.Text
        : ShellTakes.Name;

    private ShellTakes TakesAfter(char option, string word) =>
        _hasOperand ? ShellTakes.Text
        : (word.StartsWith('-') ? word : _before) is ['-', ..] options && options.Contains(option) ? ShellTakes.Name
        : word.Length == 0 ? ShellTakes.Operand
        : ShellTakes.Text;
}
