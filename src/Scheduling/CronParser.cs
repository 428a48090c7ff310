namespace Aios.Scheduling;

/// <summary>Turns the text of a cron expression into what it means.</summary>
internal static class CronParser
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The text's fields; a macro is one field.</summary>
    public static string[] Split(string text) => text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="CronFormatException">The text is not an expression of this format.</exception>
    public static CronExpression Parse(string[] fields, CronFormat format) => Parse(fields, format, format.HasFlag(CronFormat.IncludeSeconds) ? "6" : "5");

    /// <summary>Reads either format, whichever has this number of fields.</summary>
    /// <exception cref="CronFormatException">The text is an expression of neither.</exception>
    public static CronExpression ParseAny(string[] fields) =>
        Parse(fields, fields.Length == CronField.All.Length ? CronFormat.IncludeSeconds : CronFormat.Standard, "5 (or 6, seconds first)");

    private static CronExpression Parse(string[] fields, CronFormat format, string expectedCount)
    {
        var text = string.Join(' ', fields);
        if (text.StartsWith('@'))
        {
            (var expansion, format) = CronMacros.Expand(text);
            fields = Split(expansion);
        }

        RequireCount(fields, format, expectedCount);
        return ParseFields(fields, format, text);
    }

    private static CronExpression ParseFields(string[] fields, CronFormat format, string text)
    {
        var isInterval = false;
        var hasSeconds = format.HasFlag(CronFormat.IncludeSeconds);
        var next = 0;

        var seconds = hasSeconds ? ParseTime(CronField.Seconds, fields[next++], ref isInterval) : 1;
        var minutes = ParseTime(CronField.Minutes, fields[next++], ref isInterval);
        var hours = ParseTime(CronField.Hours, fields[next++], ref isInterval);
        var daysOfMonth = new CronFieldParser(CronField.DaysOfMonth, fields[next++]).ParseDaysOfMonth();
        var months = new CronFieldParser(CronField.Months, fields[next++]).ParseList();
        var daysOfWeek = new CronFieldParser(CronField.DaysOfWeek, fields[next]).ParseDaysOfWeek();

        var times = new CronTimes(seconds, minutes, hours);
        var days = new CronDays(daysOfMonth, months, daysOfWeek);
        return new CronExpression(new CronCalendar(times, days), isInterval, text);
    }

    private static ulong ParseTime(CronField field, string text, ref bool isInterval)
    {
        var parser = new CronFieldParser(field, text);
        var bits = parser.ParseList();
        isInterval |= parser.IsInterval;
        return bits;
    }

    private static void RequireCount(string[] fields, CronFormat format, string expectedCount)
    {
        var expected = format.HasFlag(CronFormat.IncludeSeconds) ? CronField.All : CronField.All[1..];
        if (fields.Length == expected.Length)
        {
            return;
        }

        var names = string.Join(", ", expected.Select(field => field.Name));
        var missing = fields.Length < expected.Length ? $"{expected[fields.Length].Name}: missing. " : "";
        throw new CronFormatException(
            $"{missing}Found {fields.Length} fields in '{string.Join(' ', fields)}', expected {expectedCount}: {names}.");
    }
}
