using System.Text;

namespace Aios.Expressions.Functions;

/// <summary>Methods of strings. Places and lengths count characters of Unicode.</summary>
internal static class TextFunctions
{
    // The blanks of CEL: those of Unicode.
    private const string Blanks =
        " \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    public static IEnumerable<Function> All =>
        [
            new("text.contains(part)", 2, 2, call => Test(call, (text, part) => text.Contains(part, StringComparison.Ordinal))),
            new("text.startsWith(part)", 2, 2, call => Test(call, (text, part) => text.StartsWith(part, StringComparison.Ordinal))),
            new("text.endsWith(part)", 2, 2, call => Test(call, (text, part) => text.EndsWith(part, StringComparison.Ordinal))),
            new("text.lowerAscii()", 1, 1, call => Change(call, text => Ascii(text, 'A', 'Z', 32))),
            new("text.upperAscii()", 1, 1, call => Change(call, text => Ascii(text, 'a', 'z', -32))),
            new("text.trim()", 1, 1, call => Change(call, text => text.Trim(Blanks.ToCharArray()))),
            new("text.reverse()", 1, 1, call => Change(call, Reverse)),
            new("text.charAt(place)", 2, 2, CharAt),
            new("text.indexOf(part, from)", 2, 3, IndexOf),
            new("text.lastIndexOf(part, from)", 2, 3, LastIndexOf),
            new("text.substring(from, end)", 2, 3, Substring),
            new("text.replace(old, new, count)", 3, 4, Replace),
            new("text.split(separator, count)", 2, 3, Split),
            new("list.join(separator)", 1, 2, Join),
        ];

    private static Value Test(Call call, Func<string, string, bool> test)
    {
        if (Texts(call, 2) is { } failure)
            return failure;
        WorkOn(call, call[0].AsString(), call[1].AsString());
        return Value.Of(test(call[0].AsString(), call[1].AsString()));
    }

    private static Value Change(Call call, Func<string, string> change)
    {
        if (Texts(call, 1) is { } failure)
            return failure;
        call.Evaluation.Make(2L * call[0].AsString().Length);
        return Value.Of(change(call[0].AsString()));
    }

    private static string Ascii(string text, char first, char last, int shift) =>
        string.Create(text.Length, (text, first, last, shift), static (letters, from) =>
        {
            for (var at = 0; at < letters.Length; at++)
            {
                var letter = from.text[at];
                letters[at] = letter >= from.first && letter <= from.last ? (char)(letter + from.shift) : letter;
            }
        });

    private static string Reverse(string text)
    {
        var reversed = text.ToCharArray();
        Array.Reverse(reversed);
        for (var at = 0; at + 1 < reversed.Length; at++)
        {
            if (char.IsSurrogatePair(reversed[at + 1], reversed[at]))
                (reversed[at], reversed[at + 1]) = (reversed[at + 1], reversed[at]);
        }

        return new string(reversed);
    }

    private static Value CharAt(Call call)
    {
        if (Texts(call, 1) is { } failure)
            return failure;
        var text = call[0].AsString();
        if (PlaceIn(call, text, 1, out var at) is { } outside)
            return outside;
        var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
        return Value.Of(at == text.Length ? "" : text.Substring(at, isPair ? 2 : 1));
    }

    private static Value IndexOf(Call call)
    {
        if (Texts(call, 2) is { } failure)
            return failure;
        var (text, part, from) = (call[0].AsString(), call[1].AsString(), 0);
        if (call.Count > 2 && PlaceIn(call, text, 2, out from) is { } outside)
            return outside;
        WorkOn(call, text, part);
        return Found(text, text.IndexOf(part, from, StringComparison.Ordinal));
    }

    private static Value LastIndexOf(Call call)
    {
        if (Texts(call, 2) is { } failure)
            return failure;
        var (text, part) = (call[0].AsString(), call[1].AsString());
        var from = text.Length;
        if (call.Count > 2 && PlaceIn(call, text, 2, out from) is { } outside)
            return outside;
        WorkOn(call, text, part);
        var end = (int)Math.Min(text.Length, (long)from + part.Length);
        return Found(text, text.AsSpan(0, end).LastIndexOf(part, StringComparison.Ordinal));
    }

    private static Value Substring(Call call)
    {
        if (Texts(call, 1) is { } failure)
            return failure;
        var text = call[0].AsString();
        if (PlaceIn(call, text, 1, out var from) is { } before)
            return before;
        var end = text.Length;
        if (call.Count > 2 && PlaceIn(call, text, 2, out end) is { } behind)
            return behind;
        if (end < from)
            return call.Fail($"substring() takes an end that is not before the start, found {call[1].AsInt()} and {call[2].AsInt()}");
        call.Evaluation.Make(2L * (end - from));
        return Value.Of(text[from..end]);
    }

    private static Value Replace(Call call)
    {
        if (Texts(call, 3) is { } failure)
            return failure;
        if (Limit(call, 3, out var most) is { } wrong)
            return wrong;
        var (text, old, by) = (call[0].AsString(), call[1].AsString(), call[2].AsString());
        WorkOn(call, text, old);
        var made = new StringBuilder();
        var at = 0;
        for (var next = 0; most != 0 && next <= text.Length; most--)
        {
            var found = text.IndexOf(old, next, StringComparison.Ordinal);
            if (found < 0)
                break;
            call.Evaluation.Make(2L * (found - at + by.Length));
            made.Append(text, at, found - at).Append(by);
            at = found + old.Length;
            // An empty text is found before each character.
            next = old.Length > 0 ? at : at + 1;
        }

        return Value.Of(made.Append(text, at, text.Length - at).ToString());
    }

    private static Value Split(Call call)
    {
        if (Texts(call, 2) is { } failure)
            return failure;
        if (Limit(call, 2, out var most) is { } wrong)
            return wrong;
        var (text, separator) = (call[0].AsString(), call[1].AsString());
        if (most == 0)
            return Value.Of(Array.Empty<Value>());
        WorkOn(call, text, separator);
        var parts = new List<Value>();
        var at = 0;
        for (; most < 0 || parts.Count + 1 < most; )
        {
            var end = separator.Length > 0 ? text.IndexOf(separator, at, StringComparison.Ordinal) : EndOfCharacter(text, at);
            if (end < 0)
                break;
            Add(call, parts, text[at..end]);
            at = end + separator.Length;
        }

        if (separator.Length > 0 || at < text.Length)
            Add(call, parts, text[at..]);
        return Value.Of(parts);
    }

    // An empty separator divides a text into its characters.
    private static int EndOfCharacter(string text, int at) =>
        at >= text.Length ? -1
        : at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? at + 2
        : at + 1;

    private static void Add(Call call, List<Value> parts, string part)
    {
        call.Evaluation.Make(2L * part.Length + 48);
        parts.Add(Value.Of(part));
    }

    private static Value Join(Call call)
    {
        if (call[0].Kind != ValueKind.List)
            return call.Fail(0, "a list of strings before it");
        if (call.Count > 1 && call[1].Kind != ValueKind.String)
            return call.Fail(1, "a string as separator");
        var separator = call.Count > 1 ? call[1].AsString() : "";
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var item in call[0].AsList())
        {
            if (item.Kind != ValueKind.String)
                return call.Fail($"join() takes a list of strings before it, found {Description.Of(item)} in it");
            call.Evaluation.Step();
            call.Evaluation.Make(2L * (item.AsString().Length + separator.Length));
            text.Append(isFirst ? "" : separator).Append(item.AsString());
            isFirst = false;
        }

        return Value.Of(text.ToString());
    }

    private static Value Found(string text, int at) => Value.Of(at < 0 ? -1L : Characters.Count(text.AsSpan(0, at)));

    // A search takes as long as both texts multiplied, if they are made for that.
    private static void WorkOn(Call call, string text, string part) =>
        call.Evaluation.Work(2L * text.Length * Math.Max(1, part.Length / 256));

    private static Value? Texts(Call call, int count)
    {
        for (var number = 0; number < count; number++)
        {
            if (call[number].Kind != ValueKind.String)
                return call.Fail(number, number == 0 ? "a string before it" : "a string");
        }

        return null;
    }

    private static Value? PlaceIn(Call call, string text, int number, out int at)
    {
        at = 0;
        if (call[number].Kind != ValueKind.Int)
            return call.Fail(number, "a place as an int");
        call.Evaluation.Work(2L * text.Length);
        at = Characters.ToUnits(text, call[number].AsInt());
        return at >= 0
            ? null
            : call.Fail($"the place {call[number].AsInt()} is not in the text, which has {Characters.Count(text)} characters");
    }

    // Below 0 for no limit.
    private static Value? Limit(Call call, int number, out long most)
    {
        most = -1;
        if (call.Count <= number)
            return null;
        if (call[number].Kind != ValueKind.Int)
            return call.Fail(number, "a count as an int");
        most = call[number].AsInt();
        return null;
    }
}
