using System.Buffers;
using System.Collections.Immutable;
using Aios.Expressions;

namespace Aios.Jobs.Works;

/// <summary>
/// Finds what is around each reference in a command line for a POSIX shell. What it takes for something else is not run for that:
/// a value is a variable's, and a shell that meets it between the wrong quotes splits it into words or leaves its name.
/// </summary>
internal sealed class ShellScanner
{
    /// <summary>Where a reference is. No command line can hold it.</summary>
    public const char Mark = '\0';

    /// <summary>What names of variables consist of.</summary>
    public static readonly SearchValues<char> NameLetters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    private readonly string _text;
    private readonly Stack<ShellFrame> _frames = [];
    private readonly Queue<HereDocument> _documents = [];
    private readonly ImmutableArray<ShellPlace>.Builder _places = ImmutableArray.CreateBuilder<ShellPlace>();
    private int _at;

    private ShellScanner(string text) => _text = text;

    /// <summary>The places of the marks.</summary>
    /// <exception cref="ExpressionException">One is where no value can be.</exception>
    public static ImmutableArray<ShellPlace> Places(string text)
    {
        if (!text.Contains(Mark))
            return [];
        var scanner = new ShellScanner(text);
        scanner._frames.Push(new ShellFrame(ShellFrameKind.Commands));
        while (scanner._at < text.Length)
            scanner.Step(scanner._frames.Peek());
        if (scanner._places.Count != text.AsSpan().Count(Mark))
            throw new ExpressionException("it is not clear what is around some value; write the line in a simpler way", 0);
        return scanner._places.ToImmutable();
    }

    private char Next => Peek(1);

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\n';

    private void Step(ShellFrame frame)
    {
        switch (frame.Kind)
        {
            case ShellFrameKind.Single or ShellFrameKind.DollarQuote:
                StepSingle(frame);
                break;
            case ShellFrameKind.Double:
                StepQuoted(frame, ShellQuoting.Double, end: '"');
                break;
            case ShellFrameKind.Document when _at >= frame.End:
                EndDocument();
                break;
            case ShellFrameKind.Document:
                StepQuoted(frame, ShellQuoting.Document, end: Mark);
                break;
            case ShellFrameKind.Braces:
                StepBraces(frame);
                break;
            case ShellFrameKind.Arithmetic or ShellFrameKind.OldArithmetic:
                StepArithmetic(frame);
                break;
            default:
                StepCommands(frame);
                break;
        }
    }

    private void StepSingle(ShellFrame frame)
    {
        var letter = _text[_at];
        if (letter == Mark && frame.Kind == ShellFrameKind.DollarQuote)
            throw Wrong("between $' and ', which shells read in different ways; use \"...\"");
        if (letter == Mark)
            Place(ShellQuoting.Single, isEscaped: false);
        else if (letter == '\'')
            _frames.Pop();
        else if (letter == '\\' && frame.Kind == ShellFrameKind.DollarQuote && Next != Mark)
            _at++;
        _at++;
    }

    // Within double quotes, or lines of a here-document.
    private void StepQuoted(ShellFrame frame, ShellQuoting quoting, char end)
    {
        if (_text[_at] == end && end != Mark)
        {
            _frames.Pop();
            _at++;
        }
        else if (!StepShared(frame, quoting))
        {
            _at++;
        }
    }

    private void StepBraces(ShellFrame frame)
    {
        switch (_text[_at])
        {
            case '}':
                _frames.Pop();
                _at++;
                break;
            case '\'' when !frame.IsQuoted:
                Open(new ShellFrame(ShellFrameKind.Single), 1);
                break;
            case '"':
                Open(new ShellFrame(ShellFrameKind.Double), 1);
                break;
            default:
                if (!StepShared(frame, frame.IsQuoted ? ShellQuoting.Double : ShellQuoting.None))
                    _at++;
                break;
        }
    }

    private void StepArithmetic(ShellFrame frame)
    {
        var (open, close) = frame.Kind == ShellFrameKind.Arithmetic ? ('(', ')') : ('[', ']');
        if (_text[_at] == open)
            frame.Parentheses++;
        else if (_text[_at] == close && --frame.Parentheses == 0)
            _frames.Pop();
        else if (StepShared(frame, ShellQuoting.Bare))
            return;
        _at++;
    }

    // What means the same within quotes and outside of them.
    private bool StepShared(ShellFrame frame, ShellQuoting quoting)
    {
        switch (_text[_at])
        {
            case Mark:
                Place(quoting, isEscaped: false);
                _at++;
                return true;
            case '\\' when Next == Mark:
                _at++;
                Place(quoting, isEscaped: true);
                _at++;
                return true;
            case '\\':
                // The shell takes the backslash away before it reads what is between the backticks.
                frame.HasEscapedQuote |= Next == '"' && frame is { Kind: ShellFrameKind.Backticks, IsQuoted: true };
                _at += 2;
                return true;
            case '`':
                StepBacktick(isQuoted: quoting == ShellQuoting.Double);
                return true;
            case '$':
                StepDollar(frame, isQuoted: quoting is ShellQuoting.Double or ShellQuoting.Document);
                return true;
            default:
                return false;
        }
    }

    private void StepBacktick(bool isQuoted)
    {
        if (_frames.Any(frame => frame.Kind == ShellFrameKind.Backticks))
        {
            while (_frames.Pop().Kind != ShellFrameKind.Backticks) { }
            _at++;
        }
        else
        {
            Open(new ShellFrame(ShellFrameKind.Backticks) { IsQuoted = isQuoted }, 1);
        }
    }

    private void StepDollar(ShellFrame frame, bool isQuoted)
    {
        if (Next == '(' && Peek(2) == '(')
            Open(new ShellFrame(ShellFrameKind.Arithmetic) { IsNumber = true, Parentheses = 2 }, 3);
        else if (Next == '(')
            Open(new ShellFrame(ShellFrameKind.Commands), 2);
        else if (Next == '[')
            Open(new ShellFrame(ShellFrameKind.OldArithmetic) { IsNumber = true, Parentheses = 1 }, 2);
        else if (Next == '{')
            OpenBraces(isQuoted);
        else if (Next == '\'' && !isQuoted && frame.Kind is not (ShellFrameKind.Arithmetic or ShellFrameKind.OldArithmetic))
            Open(new ShellFrame(ShellFrameKind.DollarQuote), 2);
        else
            _at += Next == '$' ? 2 : 1;
    }

    // Only what POSIX has takes a text behind the name; what else some shells have may take a number.
    private void OpenBraces(bool isQuoted)
    {
        var name = _at + 2 + (Peek(2) is '#' or '!' && Peek(3) != '}' ? 1 : 0);
        var end = name;
        while (end < _text.Length && NameLetters.Contains(_text[end]))
            end++;
        if (end == name && end < _text.Length && "@*#?-$!".Contains(_text[end]))
            end++;
        var rest = _text.AsSpan(Math.Min(end, _text.Length));
        var isText = rest is [':', '-' or '=' or '?' or '+', ..] or ['-' or '=' or '?' or '+' or '#' or '%' or '}', ..];
        Open(new ShellFrame(ShellFrameKind.Braces) { IsQuoted = isQuoted, IsNumber = !isText }, end - _at);
    }

    private void StepCommands(ShellFrame frame)
    {
        var letter = _text[_at];
        switch (letter)
        {
            case '\n':
                EndCommand(frame);
                _at++;
                BeginDocument();
                break;
            case ' ' or '\t':
                EndWord(frame);
                _at++;
                break;
            case '&' or '|' when frame.IsTarget && _text[_at - 1] is '<' or '>':
                _at++;
                break;
            case ';' or '&' or '|':
                EndCommand(frame);
                _at++;
                break;
            case '<' or '>':
                StepRedirection(frame, letter);
                break;
            case '#' when frame.Word.Length == 0 && (_at == 0 || " \t\n;&|()`".Contains(_text[_at - 1])):
                StepComment();
                break;
            case '\\' when Next == '\n':
                _at += 2;
                break;
            case '\'':
                frame.AddToWord(letter, _at);
                Open(new ShellFrame(ShellFrameKind.Single), 1);
                break;
            case '"':
                frame.AddToWord(letter, _at);
                Open(new ShellFrame(ShellFrameKind.Double), 1);
                break;
            case '(' or ')':
                StepParenthesis(frame, letter);
                break;
            default:
                frame.AddToWord(letter == Mark ? '$' : letter, _at);
                if (!StepShared(frame, ShellQuoting.None))
                    _at++;
                break;
        }
    }

    private void StepParenthesis(ShellFrame frame, char letter)
    {
        var isArray = letter == '(' && frame.Word.ToString().EndsWith('=');
        EndWord(frame);
        if (letter == '(' && Next == '(' && frame.ExpectsCommand && !isArray)
        {
            Open(new ShellFrame(ShellFrameKind.Arithmetic) { IsNumber = true, Parentheses = 2 }, 2);
            return;
        }

        _at++;
        if (isArray || (frame.IsArray && letter == ')'))
        {
            frame.IsArray = isArray;
            return;
        }

        if (letter == '(')
            frame.Parentheses++;
        else if (frame.Parentheses > 0)
            frame.Parentheses--;
        else if (frame.Cases == 0 && _frames.Count > 1 && frame.Kind == ShellFrameKind.Commands)
            _frames.Pop();
        frame.EndCommand();
    }

    private void StepRedirection(ShellFrame frame, char letter)
    {
        // The number before it is no word of the command.
        if (!frame.Command.IsOpenTest && !frame.Word.ToString().AsSpan().ContainsAnyExceptInRange('0', '9'))
            frame.Word.Clear();
        EndWord(frame);
        frame.IsTarget = true;
        if (letter == '<')
            StepInput(frame);
        else
            _at++;
    }

    private void EndWord(ShellFrame frame)
    {
        foreach (var place in frame.EndWord(Written(frame)))
            _places[place] = _places[place] with { Takes = ShellTakes.Number };
    }

    private void EndCommand(ShellFrame frame)
    {
        EndWord(frame);
        frame.EndCommand();
    }

    // The word so far.
    private string Written(ShellFrame frame) => frame.Word.Length == 0 ? "" : _text[frame.WordStart..Math.Min(_at, _text.Length)];

    private void StepComment()
    {
        for (; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            if (_text[_at] == Mark)
                Place(ShellQuoting.Bare, isEscaped: false);
        }
    }

    private void StepInput(ShellFrame frame)
    {
        if (Next != '<')
        {
            _at++;
            return;
        }

        if (Peek(2) == '<')
        {
            _at += 3;
            return;
        }

        var document = HereDocument.Read(_text, _at + 2);
        if (_text.AsSpan(_at, document.Behind - _at).Contains(Mark))
            throw Wrong("in the word that ends a here-document; write that word itself");
        _documents.Enqueue(document);
        frame.IsTarget = false;
        _at = document.Behind;
    }

    // At the begin of a line.
    private void BeginDocument()
    {
        if (!_documents.TryDequeue(out var document))
            return;
        var end = document.EndIn(_text, _at);
        if (document.IsLiteral && _text.AsSpan(_at, end - _at).Contains(Mark))
            throw Wrong(
                $"in a here-document whose lines the shell leaves as they are; write <<{document.Word} without quotes or backslashes"
            );
        // The shell reads nothing in its lines.
        if (document.IsLiteral)
            _at = end;
        _frames.Push(new ShellFrame(ShellFrameKind.Document) { End = end, IsQuoted = true });
    }

    private void EndDocument()
    {
        if (_at > _frames.Pop().End)
            throw Wrong("in a line with a here-document that ends within a $(...), ${...} or `...` of its lines; end that before");
        _at = _text.IndexOf('\n', _at) is var newLine and >= 0 ? newLine + 1 : _text.Length;
        BeginDocument();
    }

    private void Open(ShellFrame frame, int length)
    {
        _frames.Push(frame);
        _at += length;
    }

    private void Place(ShellQuoting quoting, bool isEscaped)
    {
        var takes = ShellTakes.Text;
        foreach (var frame in _frames)
        {
            if (frame.HasEscapedQuote)
                throw Wrong("behind \\\" in `...` between double quotes; use $(...)");
            if (frame.IsNumber)
                takes = ShellTakes.Number;
            if (frame.Kind is not (ShellFrameKind.Commands or ShellFrameKind.Backticks))
                continue;
            if (takes == ShellTakes.Text && quoting is not (ShellQuoting.Bare or ShellQuoting.Document))
            {
                takes = frame.Takes(Written(frame));
                frame.Command.AddPlace(_places.Count);
            }

            break;
        }

        _places.Add(new ShellPlace(quoting, isEscaped, takes));
    }

    private ExpressionException Wrong(string where) => new($"no value can be {where}", _at);
}
