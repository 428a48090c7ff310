using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Aios.Expressions.Syntax;

namespace Aios.Expressions;

/// <summary>
/// A text with references in it: <c>${expression}</c>. <c>$${</c> stands for <c>${</c>. Immutable and thread-safe.
/// </summary>
internal sealed class Template
{
    /// <summary>What references begin with. Anything else in braces may be meant for a shell.</summary>
    public static readonly FrozenSet<string> Roots = FrozenSet.Create(
        StringComparer.Ordinal,
        "args",
        "kwargs",
        "steps",
        "flow",
        "item",
        "index"
    );

    private const string Open = "${";

    // A text or an Expression.
    private readonly ImmutableArray<object> _parts;

    private Template(string text, ImmutableArray<object> parts)
    {
        Text = text;
        _parts = parts;
        References = [.. parts.OfType<Expression>().SelectMany(expression => expression.References)];
        Expressions = [.. parts.OfType<Expression>()];
    }

    public string Text { get; }

    public bool HasReferences => !Expressions.IsEmpty;

    /// <summary>Whether it stands for its own text.</summary>
    public bool IsVerbatim => _parts is [] or [string] && ReferenceEquals(_parts.FirstOrDefault() ?? Text, Text);

    /// <summary>What stands in the braces.</summary>
    public ImmutableArray<Expression> Expressions { get; }

    /// <summary>What the expressions refer to; positions are those in the text.</summary>
    public ImmutableArray<Reference> References { get; }

    // A template that is one reference has the type of its value.
    private Expression? Whole => _parts is [Expression only] ? only : null;

    /// <exception cref="ExpressionException">What stands in braces is no expression.</exception>
    public static Template Parse(string text, TemplateKind kind = TemplateKind.Plain)
    {
        var parts = ImmutableArray.CreateBuilder<object>();
        var plain = new StringBuilder();
        var at = 0;
        for (var found = Find(text, at); found >= 0; found = Find(text, at))
        {
            plain.Append(text, at, found - at);
            at = found + Open.Length;
            if (found > 0 && text[found - 1] == '$')
            {
                plain.Length--;
                plain.Append(Open);
            }
            else if (kind == TemplateKind.Shell && IsOfShell(text, at))
            {
                plain.Append(Open);
            }
            else
            {
                Flush(plain, parts);
                parts.Add(ParseReference(text, found, out at));
            }
        }

        if (at == 0)
            return new Template(text, text.Length == 0 ? [] : [text]);
        plain.Append(text, at, text.Length - at);
        Flush(plain, parts);
        return new Template(text, parts.ToImmutable());
    }

    /// <summary>The value as JSON: of a whole reference its value with its type, else a string with the values put in.</summary>
    /// <exception cref="ExpressionException">
    /// A reference has no value, or the result is longer than <see cref="Limits.Result"/>.
    /// </exception>
    public string EvaluateJson(IScope scope)
    {
        if (Whole is { } whole)
            return whole.Evaluate(scope).ToJson();
        var output = new JsonOutput();
        return output.WriteString(Joined(scope, nullText: "null")).ToString();
    }

    /// <summary>
    /// The value where only text is possible: strings as they are, null as nothing, anything else as JSON.
    /// </summary>
    /// <exception cref="ExpressionException">As of <see cref="EvaluateJson"/>.</exception>
    public string EvaluateText(IScope scope) => Joined(scope, nullText: "");

    /// <summary>The text with a sign in the place of each reference.</summary>
    public string ReplaceReferences(char sign) => string.Concat(_parts.Select(part => part as string ?? sign.ToString()));

    public override string ToString() => Text;

    private string Joined(IScope scope, string nullText)
    {
        var joined = new StringBuilder();
        foreach (var part in _parts)
        {
            joined.Append(part is Expression expression ? TextOf(expression.Evaluate(scope), nullText) : (string)part);
            if (joined.Length > Limits.Result)
                throw new ExpressionException($"the text is longer than {Limits.Result / (1024 * 1024)} MiB", 0);
        }

        return joined.ToString();
    }

    private static string TextOf(in Value value, string nullText) => value.Kind == ValueKind.Null ? nullText : value.ToText();

    private static int Find(string text, int from) => text.IndexOf(Open, from, StringComparison.Ordinal);

    private static void Flush(StringBuilder plain, ImmutableArray<object>.Builder parts)
    {
        if (plain.Length == 0)
            return;
        parts.Add(plain.ToString());
        plain.Clear();
    }

    private static Expression ParseReference(string text, int found, out int end)
    {
        var start = found + Open.Length;
        var isOfShell = IsOfShell(text, start);
        try
        {
            var expression = Expression.ParseBraced(text, start, out end);
            if (!isOfShell || (expression.References is [_, ..] known && known.All(reference => Roots.Contains(reference.Root))))
                return expression;
        }
        catch (ExpressionException) when (isOfShell) { }

        var close = text.IndexOf('}', start) is var brace and >= 0 ? brace + 1 : text.Length;
        var parameter = Description.Shortened(text[found..close]);
        throw new ExpressionException(
            $"character {found + 1}: found \"{parameter}\", expected a reference to one of "
                + $"{string.Join(", ", Roots.Order(StringComparer.Ordinal))}; to keep it as text write ${parameter}",
            found
        );
    }

    // Whether what follows an open brace is a parameter of the shell: a name that is no root, a number or a special one.
    private static bool IsOfShell(string text, int start)
    {
        var at = start;
        // ${!name} and ${#name} are of the shell, !steps.a is not.
        while (at < text.Length && text[at] is '!' or '#' or '-' or ' ')
            at++;
        var first = at;
        while (at < text.Length && Lexer.IsNamePart(text[at]))
            at++;
        var next = at < text.Length ? text[at] : '}';
        if (at == first)
            return next is '@' or '*' or '?' or '$' or '}';
        if (char.IsAsciiDigit(text[first]))
            return next is not ('.' or ' ');
        return next is not ('.' or '(') && !Roots.Contains(text[first..at]);
    }
}
