using System.Text;

namespace Aios.Jobs.Works;

/// <summary>What a command line is inside of at some place.</summary>
/// <param name="kind">The construct.</param>
internal sealed class ShellFrame(ShellFrameKind kind)
{
    private static readonly string[] BeforeCommands =
    [
        "then",
        "do",
        "else",
        "elif",
        "if",
        "while",
        "until",
        "for",
        "!",
        "{",
        "time",
        "coproc",
        "command",
        "builtin",
    ];

    public ShellFrameKind Kind => kind;

    /// <summary>Whether double quotes, or a here-document, are around it.</summary>
    public bool IsQuoted { get; init; }

    /// <summary>Whether it has had a double quote that the shell sees only in a second reading.</summary>
    public bool HasEscapedQuote { get; set; }

    /// <summary>Whether a shell evaluates what is in it as arithmetic.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Where a here-document ends.</summary>
    public int End { get; init; } = int.MaxValue;

    /// <summary>Parentheses that are open in it.</summary>
    public int Parentheses { get; set; }

    /// <summary><c>case</c> without its <c>esac</c>: a parenthesis closes a pattern in it.</summary>
    public int Cases { get; private set; }

    /// <summary>The unquoted letters of the word so far.</summary>
    public StringBuilder Word { get; } = new();

    /// <summary>Where the word begins.</summary>
    public int WordStart { get; private set; }

    /// <summary>Whether the next word is the name of a command.</summary>
    public bool ExpectsCommand { get; private set; } = true;

    /// <summary>The command so far, from its name on.</summary>
    public ShellCommand Command { get; } = new();

    /// <summary>Whether the next word is the file of a redirection.</summary>
    public bool IsTarget { get; set; }

    /// <summary>Whether it is between the parentheses of <c>name=(...)</c>.</summary>
    public bool IsArray { get; set; }

    /// <summary>The word has another letter.</summary>
    public void AddToWord(char letter, int at)
    {
        if (Word.Length == 0)
            WordStart = at;
        Word.Append(letter);
    }

    /// <summary>What a value can be that is next in the word.</summary>
    /// <param name="written">The word so far as it is written.</param>
    public ShellTakes Takes(string written) =>
        IsIndex() ? ShellTakes.Number
        : IsTarget && !Command.IsOpenTest ? ShellTakes.Text
        : IsArray ? (Command.DeclaresNumbers ? ShellTakes.Number : ShellTakes.Text)
        : ExpectsCommand ? ShellTakes.Text
        : Command.Takes(WithoutQuotes(written));

    /// <summary>The word is over.</summary>
    /// <param name="written">The word as it is written.</param>
    /// <returns>The places before it that turn out to take a number.</returns>
    public IReadOnlyList<int> EndWord(string written)
    {
        var word = Word.ToString();
        Word.Clear();
        if (word.Length == 0 || IsArray)
            return [];
        if (IsTarget && !Command.IsOpenTest)
        {
            IsTarget = false;
            return [];
        }

        if (!ExpectsCommand)
            return Command.Add(WithoutQuotes(written));
        if (word == "case")
            Cases++;
        else if (word == "esac" && Cases > 0)
            Cases--;
        ExpectsCommand = BeforeCommands.Contains(word) || word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal);
        Command.Begin(ExpectsCommand ? "" : WithoutQuotes(written));
        return [];
    }

    /// <summary>What follows is another command.</summary>
    public void EndCommand()
    {
        if (IsArray || Command.IsOpenTest)
            return;
        IsTarget = false;
        ExpectsCommand = true;
        Command.Begin("");
    }

    // Whether the word is an element of an array so far: its index is arithmetic.
    private bool IsIndex()
    {
        var word = Word.ToString().TrimStart('{');
        var bracket = word.IndexOf('[', StringComparison.Ordinal);
        return (bracket > 0 || (bracket == 0 && IsArray))
            && word.IndexOf(']', bracket) < 0
            && word.AsSpan(0, bracket).IndexOfAnyExcept(ShellScanner.NameLetters) < 0;
    }

    private static string WithoutQuotes(string written) => string.Concat(written.Where(letter => letter is not ('\\' or '\'' or '"')));
}

/// <summary>The constructs of a shell within which letters mean something else.</summary>
internal enum ShellFrameKind
{
    /// <summary>Commands: the line itself, or <c>$(...)</c>.</summary>
    Commands,

    /// <summary><c>`...`</c></summary>
    Backticks,

    /// <summary><c>"..."</c></summary>
    Double,

    /// <summary><c>'...'</c></summary>
    Single,

    /// <summary><c>$'...'</c>, which is one thing for some shells and another for others.</summary>
    DollarQuote,

    /// <summary><c>${...}</c></summary>
    Braces,

    /// <summary><c>$((...))</c> and <c>((...))</c></summary>
    Arithmetic,

    /// <summary><c>$[...]</c></summary>
    OldArithmetic,

    /// <summary>The lines of a here-document.</summary>
    Document,
}
