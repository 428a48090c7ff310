using System.Text;

namespace Aios.Jobs.Works;

/// <summary>What a command line is inside of at some place.</summary>
/// <param name="kind">The construct.</param>
internal sealed class ShellFrame(ShellFrameKind kind)
{
    private static readonly string[] BeforeCommands = ["then", "do", "else", "elif", "if", "while", "until", "!", "{", "time"];

    public ShellFrameKind Kind => kind;

    /// <summary>Whether double quotes, or a here-document, are around it.</summary>
    public bool IsQuoted { get; init; }

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

    /// <summary>Whether the next word is the name of a command.</summary>
    public bool ExpectsCommand { get; set; } = true;

    /// <summary>Where a test of numbers ends that has begun.</summary>
    public int NumbersUntil { get; set; }

    /// <summary>Whether the word is an element of an array so far: its index is arithmetic.</summary>
    public bool IsIndex
    {
        get
        {
            var word = Word.ToString();
            var bracket = word.IndexOf('[', StringComparison.Ordinal);
            return bracket > 0 && word.IndexOf(']', bracket) < 0 && word.AsSpan(0, bracket).IndexOfAnyExcept(ShellScanner.NameLetters) < 0;
        }
    }

    /// <summary>The word is over.</summary>
    public string EndWord()
    {
        var word = Word.ToString();
        Word.Clear();
        if (word.Length == 0 || !ExpectsCommand)
            return "";
        if (word == "case")
            Cases++;
        else if (word == "esac" && Cases > 0)
            Cases--;
        ExpectsCommand = BeforeCommands.Contains(word) || word.Contains('=', StringComparison.Ordinal);
        return word;
    }
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
    Dollar,

    /// <summary><c>${...}</c></summary>
    Braces,

    /// <summary><c>$((...))</c> and <c>((...))</c></summary>
    Arithmetic,

    /// <summary><c>$[...]</c></summary>
    OldArithmetic,

    /// <summary>The lines of a here-document.</summary>
    Document,
}
