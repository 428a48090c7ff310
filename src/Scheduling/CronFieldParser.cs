namespace Aios.Scheduling;

/// <summary>Reads the text of one field, from left to right.</summary>
internal ref struct CronFieldParser(CronField field, ReadOnlySpan<char> text)
{
    private const int LastDayOffsetLimit = 30;
    private const int WeeksInMonth = 5;

    private readonly CronField _field = field;
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>A star, a range or a step was read: the field names a rhythm rather than values.</summary>
    public bool IsInterval { get; private set; }

    // As Vixie cron decides it: by the first character alone, so that */2 counts as a star and 1-31 does not.
    private readonly bool IsRestricted => _text.IsEmpty || _text[0] is not ('*' or '?');

    /// <summary>A list of values, ranges and steps: second, minute, hour and month.</summary>
    public ulong ParseList()
    {
        var bits = ParseItem();
        while (Accept(','))
        {
            bits |= ParseItem();
        }

        ExpectEnd();
        return bits;
    }

    /// <summary>A list, or <c>L</c>, <c>L-3</c>, <c>LW</c>, <c>L-3W</c>, <c>15W</c>.</summary>
    public CronDaysOfMonth ParseDaysOfMonth()
    {
        if (Accept('L'))
        {
            var offset = Accept('-') ? ParseNumber("an offset", 0, LastDayOffsetLimit) : 0;
            var weekday = Accept('W');
            ExpectEnd();
            return new CronDaysOfMonth(0, Restricted: true, Last: true, offset, weekday);
        }

        if (TryParseMarked('W', out var day))
        {
            ExpectEnd();
            return new CronDaysOfMonth(1UL << day, Restricted: true, NearestWeekday: true);
        }

        return new CronDaysOfMonth(ParseList(), IsRestricted);
    }

    /// <summary>A list, or <c>FRIL</c>, <c>5L</c>, <c>MON#2</c>, <c>1#2</c>.</summary>
    public CronDaysOfWeek ParseDaysOfWeek()
    {
        if (TryParseMarked('L', out var day))
        {
            ExpectEnd();
            return new CronDaysOfWeek(1UL << day % _field.Period, Restricted: true, Last: true);
        }

        if (TryParseMarked('#', out day))
        {
            var nth = ParseNumber("a week", 1, WeeksInMonth);
            ExpectEnd();
            return new CronDaysOfWeek(1UL << day % _field.Period, Restricted: true, nth);
        }

        return new CronDaysOfWeek(ParseList(), IsRestricted);
    }

    // A value with this mark right after it; if there is none, nothing has been read.
    private bool TryParseMarked(char mark, out int value)
    {
        value = 0;
        var begin = _position;
        if (_position == _text.Length || !char.IsAsciiLetterOrDigit(_text[_position]))
        {
            return false;
        }

        value = ParseValue();
        if (Accept(mark))
        {
            return true;
        }

        _position = begin;
        return false;
    }

    private ulong ParseItem()
    {
        if (Accept('*') || Accept('?'))
        {
            IsInterval = true;
            return Steps(_field.First, _field.Last, Accept('/') ? ParseStep() : 1);
        }

        var low = ParseValue();
        if (Accept('-'))
        {
            IsInterval = true;
            var high = ParseValue();
            return Steps(low, high, Accept('/') ? ParseStep() : 1);
        }

        if (!Accept('/'))
        {
            return Steps(low, low, 1);
        }

        IsInterval = true;
        return Steps(low, _field.Last, ParseStep());
    }

    // A reversed range runs over the end of the field and on from its start, keeping its step.
    private readonly ulong Steps(int low, int high, int step)
    {
        var end = high < low ? high + _field.Period : high;
        var bits = 0UL;
        for (var value = low; value <= end; value += step)
        {
            bits |= 1UL << ((value - _field.First) % _field.Period + _field.First);
        }

        return bits;
    }

    private int ParseStep() => ParseNumber("a step", 1, _field.Last);

    private int ParseValue()
    {
        var token = Token();
        if (_field.HasNames && token.Length > 0 && char.IsAsciiLetter(token[0]))
        {
            return ParseName(token);
        }

        return TryReadNumber(_field.First, _field.Last, out var value)
            ? value
            : throw Unexpected(token, _field.Allowed);
    }

    private int ParseName(ReadOnlySpan<char> token)
    {
        const int nameLength = 3;
        if (token.Length < nameLength || !_field.TryGetNamed(token[..nameLength], out var value))
        {
            throw Unexpected(token, _field.Allowed);
        }

        _position += nameLength;
        return value;
    }

    private int ParseNumber(string what, int first, int last)
    {
        var token = Token();
        return TryReadNumber(first, last, out var value)
            ? value
            : throw Unexpected(token, $"{what} between {first} and {last}");
    }

    private bool TryReadNumber(int first, int last, out int value)
    {
        value = 0;
        var begin = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            // Nothing allowed has three digits, so growth stops there and cannot overflow.
            value = Math.Min(value * 10 + (_text[_position] - '0'), 999);
            _position++;
        }

        return _position > begin && value >= first && value <= last;
    }

    private bool Accept(char expected)
    {
        if (_position == _text.Length || char.ToUpperInvariant(_text[_position]) != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void ExpectEnd()
    {
        if (_position < _text.Length)
        {
            throw Unexpected(_text[_position..], $"',' or the end of the field after {_field.Allowed}");
        }
    }

    // The letters or digits from here on, or else the one character that is neither.
    private readonly ReadOnlySpan<char> Token()
    {
        var rest = _text[_position..];
        var length = 0;
        while (length < rest.Length && char.IsAsciiLetterOrDigit(rest[length]))
        {
            length++;
        }

        return rest.Length == 0 ? rest : rest[..Math.Max(length, 1)];
    }

    private readonly CronFormatException Unexpected(ReadOnlySpan<char> found, string expected)
    {
        var what = found.IsEmpty ? "the end" : $"'{found}'";
        return new CronFormatException($"{_field.Name}: found {what} in '{_text}', expected {expected}.");
    }
}
