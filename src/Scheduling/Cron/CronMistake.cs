using Cronos;

namespace Aios.Scheduling;

/// <summary>Finds the mistake in a field that Cronos has refused: what was found in it, and what is allowed there.</summary>
internal ref struct CronMistake(CronField field, ReadOnlySpan<char> text)
{
    private const string Macros = "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every_minute, @every_second";

    private readonly CronField _field = field;
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>For a text that begins with @ and is no macro.</summary>
    public static CronFormatException InMacro(string macro) => new($"Macro: found '{macro}', expected one of {Macros}.");

    /// <summary>For fields that are too few or too many.</summary>
    public static CronFormatException InCount(string[] fields, int expected, string expectedInWords)
    {
        var all = CronField.Of(expected);
        var names = string.Join(", ", all.ToArray().Select(field => field.Name));
        var missing = fields.Length < expected ? $"{all[fields.Length].Name}: missing. " : "";
        return new CronFormatException(
            $"{missing}Found {fields.Length} fields in '{string.Join(' ', fields)}', expected {expectedInWords}: {names}."
        );
    }

    /// <summary>For fields of the right number. Null if all of them are right.</summary>
    public static CronFormatException? InFields(string[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (new CronMistake(CronField.Of(fields.Length)[i], fields[i]).Find() is { } mistake)
                return mistake;
        }

        return null;
    }

    private CronFormatException? Find()
    {
        if (_field == CronField.DaysOfMonth && Accepts('L'))
            return InLastDay() ?? InRest();
        if (Accepts('H'))
            return InStep() ?? InRest();

        do
        {
            if (InItem(_position == 0) is { } mistake)
                return mistake;
        } while (Accepts(','));
        return InRest();
    }

    private CronFormatException? InLastDay()
    {
        if (Accepts('-') && !AcceptsNumber(0, 30))
            return Unexpected("an offset between 0 and 30");
        Accepts('W');
        return null;
    }

    private CronFormatException? InItem(bool isFirst)
    {
        if (Accepts('*') || Accepts('?'))
            return InStep();
        if (!AcceptsValue())
            return Unexpected(_field.Allowed);
        if (isFirst && AcceptsMark())
            return InRest();
        if (isFirst && _field == CronField.DaysOfWeek && Accepts('#'))
            return AcceptsNumber(1, 5) ? InRest() : Unexpected("a week between 1 and 5");
        return Accepts('-') && !AcceptsValue() ? Unexpected(_field.Allowed) : InStep();
    }

    private CronFormatException? InStep() =>
        Accepts('/') && !AcceptsNumber(1, _field.Last) ? Unexpected($"a step between 1 and {_field.Last}") : null;

    private readonly CronFormatException? InRest() =>
        _position == _text.Length ? null : Unexpected(_text[_position..], $"',' or the end of the field after {_field.Allowed}");

    private bool AcceptsMark() => _field == CronField.DaysOfMonth ? Accepts('W') : _field == CronField.DaysOfWeek && Accepts('L');

    private bool AcceptsValue()
    {
        if (AcceptsNumber(_field.First, _field.Last))
            return true;
        foreach (var name in _field.Names)
        {
            if (!_text[_position..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            _position += name.Length;
            return true;
        }

        return false;
    }

    private bool AcceptsNumber(int first, int last)
    {
        var rest = _text[_position..];
        var length = rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length;
        if (!int.TryParse(rest[..length], out var value) || value < first || value > last)
            return false;
        _position += length;
        return true;
    }

    private bool Accepts(char expected)
    {
        if (_position == _text.Length || char.ToUpperInvariant(_text[_position]) != expected)
            return false;
        _position++;
        return true;
    }

    // The letters or digits from here on, or else the one character that is neither.
    private readonly CronFormatException Unexpected(string expected)
    {
        var rest = _text[_position..];
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetterOrDigit(rest[length]))
            length++;
        return Unexpected(rest.IsEmpty ? rest : rest[..Math.Max(length, 1)], expected);
    }

    private readonly CronFormatException Unexpected(ReadOnlySpan<char> found, string expected)
    {
        var what = found.IsEmpty ? "the end" : $"'{found}'";
        return new CronFormatException($"{_field.Name}: found {what} in '{_text}', expected {expected}.");
    }
}
