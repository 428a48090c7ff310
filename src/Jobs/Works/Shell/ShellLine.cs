using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Aios.Expressions;

namespace Aios.Jobs.Works;

/// <summary>
/// A command line with references. No value becomes a part of it: each is a variable in the environment of the shell, and the
/// line has the variable in its place, quoted as the place requires. So no value is read as code. Immutable and thread-safe.
/// </summary>
internal sealed class ShellLine
{
    // What a process can have in one variable on Linux, with its name, the equals sign and the end.
    private const int MaxVariable = 128 * 1024;

    // All values: the system takes 2 MiB or more of variables and arguments, those of the job and of AIOS among them.
    private const int MaxVariables = 1024 * 1024;
    private const string Instead = "Pass it in kwargs, and read the file that AIOS_KWARGS_FILE names";
    private const string Prefix = "AIOS_VALUE_";

    // The text before each reference, and that behind the last.
    private readonly ImmutableArray<string> _texts;
    private readonly ImmutableArray<Expression> _expressions;
    private readonly ImmutableArray<ShellPlace> _places;
    private readonly ImmutableArray<string> _names;

    private ShellLine(Template template, string sketch)
    {
        _expressions = template.Expressions;
        References = template.References;
        _places = ShellScanner.Places(sketch);
        var texts = sketch.Split(ShellScanner.Mark);
        for (var i = 0; i < _places.Length; i++)
            texts[i] = WithoutEscape(texts[i], _places[i]);
        _texts = [.. texts];
        _names =
        [
            .. Enumerable
                .Range(1, int.MaxValue)
                .Select(number => Prefix + number.ToString(CultureInfo.InvariantCulture))
                .Where(name => !sketch.Contains(name, StringComparison.Ordinal))
                .Take(_places.Length),
        ];
        Command = Join((place, i) => place.Variable(_names[i]));
    }

    /// <summary>What the line refers to; positions are those in the text.</summary>
    public ImmutableArray<Reference> References { get; }

    /// <summary>The line for the shell, with a variable in the place of each reference.</summary>
    public string Command { get; }

    /// <exception cref="ExpressionException">A reference is wrong, or is where no value can be.</exception>
    public static ShellLine Parse(string text)
    {
        var template = Template.Parse(text, TemplateKind.Shell);
        if (text.Contains(ShellScanner.Mark))
            throw new ExpressionException("the line holds a NUL character", text.IndexOf(ShellScanner.Mark));
        return new ShellLine(template, template.ReplaceReferences(ShellScanner.Mark));
    }

    /// <summary>The variables that the line needs.</summary>
    /// <exception cref="ExpressionException">A reference has no value, or one that cannot be where it is.</exception>
    public ImmutableArray<KeyValuePair<string, string>> Variables(IScope scope)
    {
        var variables = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(_places.Length);
        var bytes = 0;
        for (var i = 0; i < _places.Length; i++)
        {
            var value = Value(i, scope);
            variables.Add(KeyValuePair.Create(_names[i], value));
            bytes += Encoding.UTF8.GetByteCount(value) + _names[i].Length + 2;
            if (bytes > MaxVariables)
                throw Wrong(i, $"and those before it have more than {MaxVariables} bytes, the most for all values of a line. {Instead}");
        }

        return variables.ToImmutable();
    }

    /// <summary>The line as a person would write it with the values in it. For people: nothing runs it.</summary>
    /// <exception cref="ExpressionException">As of <see cref="Variables"/>.</exception>
    public string Shown(IScope scope)
    {
        var variables = Variables(scope);
        return Join((place, i) => place.Literal(variables[i].Value));
    }

    private string Value(int i, IScope scope)
    {
        var value = _expressions[i].Evaluate(scope);
        var text = value.Kind == ValueKind.Null ? "null" : value.ToText();
        if (Expected(_places[i].Takes, text) is { } expected)
            throw Wrong(i, $"is {Description.Shortened(text)}, expected {expected}");
        if (text.Contains('\0'))
            throw Wrong(i, "holds a NUL character, which no program can be given");
        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes + _names[i].Length + 2 > MaxVariable)
            throw Wrong(
                i,
                $"is {bytes} bytes long; the system takes at most {MaxVariable - _names[i].Length - 2} in one variable of a program. "
                    + Instead
            );
        return text;
    }

    private static string? Expected(ShellTakes takes, string text) =>
        takes switch
        {
            ShellTakes.Number when !IsWholeNumber(text) => "a whole number: some shells run commands in what else is there",
            ShellTakes.Name when text.Length == 0 || text.AsSpan().ContainsAnyExcept(ShellScanner.NameLetters) =>
                "the name of a variable (letters, digits and _): some shells run commands in what else is there",
            ShellTakes.Operand when text.StartsWith('-') =>
                "a text that does not begin with -: the shell reads options there; write -- before it",
            _ => null,
        };

    private ExpressionException Wrong(int i, string what) => new($"the value of ${{{_expressions[i].Text}}} {what}", 0);

    private string Join(Func<ShellPlace, int, string> write)
    {
        var line = new StringBuilder(_texts[0]);
        for (var i = 0; i < _places.Length; i++)
            line.Append(write(_places[i], i)).Append(_texts[i + 1]);
        return line.ToString();
    }

    // A backslash before a value would take effect on the quote or the dollar sign of the variable.
    private static string WithoutEscape(string text, ShellPlace place) =>
        !place.IsEscaped ? text
        : place.Quoting == ShellQuoting.None ? text[..^1]
        : text + '\\';

    private static bool IsWholeNumber(string text) =>
        text.AsSpan(text.StartsWith('-') ? 1 : 0) is { Length: > 0 and < 20 } digits && !digits.ContainsAnyExceptInRange('0', '9');
}
