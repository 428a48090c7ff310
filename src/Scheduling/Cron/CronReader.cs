using System.Text.RegularExpressions;
using Cronos;

namespace Aios.Scheduling;

/// <summary>Has Cronos read the text of a cron expression, and closes the gap between Cronos and Vixie's cron.</summary>
internal static partial class CronReader
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads five or six fields, or a macro; only one of the two numbers, if a format is given.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="format">The format; null for either.</param>
    /// <param name="seed">What the fields with an <c>H</c> are drawn from.</param>
    /// <exception cref="CronFormatException">The text is no such expression.</exception>
    public static CronExpression Read(string text, CronFormat? format, int seed)
    {
        var fields = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var written = string.Join(' ', fields);
        if (written.StartsWith('@'))
            fields = Expand(written);
        else
            RequireCount(fields, format);

        string[] forCronos = [.. fields.Select((field, index) => ForCronos(field, CronField.Of(fields.Length)[index]))];
        try
        {
            var (shape, drawn) = (CronShape.Of(fields), Drawn(forCronos, seed));
            return new CronExpression(Calendar(drawn?.Split(' ') ?? forCronos, shape), shape, written, drawn);
        }
        catch (CronFormatException) when (CronMistake.InFields(fields) is { } mistake)
        {
            throw mistake;
        }
    }

    // Cronos draws field by field. So the whole is drawn before Calendar takes it apart.
    private static string? Drawn(string[] fields, int seed) =>
        Array.Exists(fields, field => field.StartsWith('H'))
            ? Cronos.CronExpression.Parse(string.Join(' ', fields), FormatOf(fields), seed).ToString()
            : null;

    private static string[] Expand(string macro) =>
        Cronos.CronExpression.TryParse(Closed(macro), out var known) ? known.ToString().Split(' ') : throw CronMistake.InMacro(macro);

    private static void RequireCount(string[] fields, CronFormat? format)
    {
        var expected = (format ?? FormatOf(fields)) == CronFormat.IncludeSeconds ? 6 : 5;
        if (fields.Length != expected)
            throw CronMistake.InCount(fields, expected, format is null ? "5 (or 6, seconds first)" : $"{expected}");
    }

    // Vixie's rule: https://manpages.debian.org/bookworm/cron/crontab.5.en.html. If both day fields are restricted, either is enough.
    private static CronCalendar Calendar(string[] fields, CronShape shape)
    {
        var whole = Parse(fields);
        if (!shape.RestrictsDays || !shape.RestrictsWeekdays)
            return new CronCalendar(whole, null);
        return new CronCalendar(Parse([.. fields[..^1], "*"]), Parse([.. fields[..^3], "*", .. fields[^2..]]));
    }

    private static Cronos.CronExpression Parse(string[] fields) => Cronos.CronExpression.Parse(string.Join(' ', fields), FormatOf(fields));

    private static CronFormat FormatOf(string[] fields) =>
        fields.Length == CronField.All.Length ? CronFormat.IncludeSeconds : CronFormat.Standard;

    // Cronos takes a star in a list for a mistake, has no Sunday in 7-2, knows no number of three digits and only the capital H.
    private static string ForCronos(string field, CronField kind)
    {
        var text = LeadingZeros().Replace(Closed(field), "");
        if (text.Contains(','))
            text = StarInList().Replace(text, $"{kind.First}-{kind.Last}");
        if (kind == CronField.DaysOfWeek)
            text = SundayFirst().Replace(text, "0-");
        return text.StartsWith('h') ? $"H{text[1..]}" : text;
    }

    // Cronos ends at this character as C does, whatever follows it.
    private static string Closed(string text) => text.Replace('\0', '!');

    [GeneratedRegex("(?<![0-9])0+(?=[0-9])")]
    private static partial Regex LeadingZeros();

    [GeneratedRegex("(?<=^|,)[*?]")]
    private static partial Regex StarInList();

    [GeneratedRegex("(?<=^|,)7-(?!7(?![0-9]))")]
    private static partial Regex SundayFirst();
}
