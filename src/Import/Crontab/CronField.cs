using System.Globalization;
using Aios.Scheduling;

namespace Aios.Import;

/// <summary>
/// One of the five fields of a crontab's line, read letter by letter as Vixie's cron reads it, which Debian has: a step may be longer
/// than the field, a range does not go over its end, and what follows a list is not looked at. Of cronie it also knows <c>~</c>.
/// </summary>
internal sealed class CronField
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly (string Name, int Low, int High, string[]? Names, string Alone)[] Kinds =
    [
        ("minute", 0, 59, null, "{0} * * * *"),
        ("hour", 0, 23, null, "* {0} * * *"),
        ("day of month", 1, 31, null, "* * {0} * *"),
        ("month", 1, 12, Months, "* * * {0} *"),
        ("day of week", 0, 7, Days, "* * * * {0}"),
    ];

    private readonly SortedSet<int> _values = [];
    private readonly string _text;
    private readonly int _kind;
    private int _at;

    private CronField(string text, int kind) => (_text, _kind) = (text, kind);

    /// <summary>Whether cron takes it for no time at all, so that its line never ran.</summary>
    public bool IsNever => _values.Count == 0;

    /// <summary>What was drawn for a <c>~</c>, in words; null where there is none.</summary>
    public string? Drawn { get; private set; }

    /// <summary>What the field is called.</summary>
    public static string NameOf(int kind) => Kinds[kind].Name;

    /// <summary>Reads a field; null if cron refuses it.</summary>
    public static CronField? Read(string text, int kind)
    {
        var field = new CronField(text, kind);
        return field.ReadList() ? field : null;
    }

    /// <summary>The field so that AIOS runs at the same times: as it is written, if that is so anyway.</summary>
    public string ForAios()
    {
        var plain = Plain();
        return Same(_text, plain) ? _text : plain;
    }

    // A star at the beginning counts in the rule for days of month and of week, also where it names one day alone.
    private string Plain()
    {
        var (_, low, high, _, _) = Kinds[_kind];
        var list = string.Join(',', _values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
        if (!_text.StartsWith('*') || _kind is not (2 or 4))
            return list;
        var steps = Enumerable.Range(1, high - low + 1).Select(step => step == 1 ? "*" : $"*/{step}");
        return steps.FirstOrDefault(step => Same(step, list)) ?? (_kind == 2 ? $"*/31,{list}" : $"*/7,{list}");
    }

    private bool Same(string one, string other)
    {
        var format = Kinds[_kind].Alone;
        return CronExpression.TryParse(string.Format(CultureInfo.InvariantCulture, format, one), out var first)
            && CronExpression.TryParse(string.Format(CultureInfo.InvariantCulture, format, other), out var second)
            && (first == second || SameDays(one, other));
    }

    // With and without a star, in comparing what a list names.
    private bool SameDays(string one, string other) =>
        one.StartsWith('*') != other.StartsWith('*')
        && Read(one, _kind) is { } first
        && Read(other, _kind) is { } second
        && first._values.SetEquals(second._values);

    private bool ReadList()
    {
        do
        {
            if (!ReadRange())
                return false;
        } while (Takes(','));
        if (_kind == 4 && _values.Remove(7))
            _values.Add(0);
        return true;
    }

    private bool ReadRange()
    {
        var (_, low, high, _, _) = Kinds[_kind];
        if (Takes('~'))
            return Draw(low);
        if (Takes('*'))
            return ReadStep(low, high);
        if (ReadNumber() is not { } first)
            return false;
        if (Takes('~'))
            return Draw(first);
        if (Takes('-'))
            return ReadNumber() is { } last && ReadStep(first, last);
        // Debian's cron refuses a step behind a number alone.
        if (first < low || first > high || (_at < _text.Length && _text[_at] == '/'))
            return false;
        _values.Add(first);
        return true;
    }

    private bool ReadStep(int first, int last)
    {
        var (_, low, high, _, _) = Kinds[_kind];
        long step = 1;
        if (Takes('/') && !(TryDigits(Letters(), out step) && step is > 0 and <= int.MaxValue))
            return false;
        if (first < low || first > high || last < low || last > high)
            return false;
        for (long value = first; value <= last; value += step)
            _values.Add((int)value);
        return true;
    }

    // cronie draws once, when it reads the crontab.
    private bool Draw(int first)
    {
        var (name, low, high, _, _) = Kinds[_kind];
        var last = _at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]) ? ReadNumber() : high;
        if (last is not { } end || first < low || end > high || end < first)
            return false;
        var value = Random.Shared.Next(first, end + 1);
        Drawn = $"the {name} {value} was drawn for ~";
        _values.Add(value);
        return true;
    }

    private int? ReadNumber()
    {
        var letters = Letters();
        var (_, low, _, names, _) = Kinds[_kind];
        if (
            names is not null
            && Array.FindIndex(names, name => name.Equals(letters, StringComparison.OrdinalIgnoreCase)) is var named and >= 0
        )
            return named + low;
        return TryDigits(letters, out var number) && number <= int.MaxValue ? (int)number : null;
    }

    private static bool TryDigits(string letters, out long number) =>
        long.TryParse(letters, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string Letters()
    {
        var from = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;
        return _text[from.._at];
    }

    private bool Takes(char letter)
    {
        if (_at >= _text.Length || _text[_at] != letter)
            return false;
        _at++;
        return true;
    }
}
