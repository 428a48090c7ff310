using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>Python's <c>text % values</c> with named values, by which supervisord expands its settings.</summary>
internal static partial class PythonFormat
{
    /// <summary>The text with the values in it.</summary>
    /// <param name="text">With <c>%(name)s</c>, <c>%(name)02d</c>, <c>%%</c>.</param>
    /// <param name="values">Texts and whole numbers by name; null for a name that there is not.</param>
    /// <exception cref="FormatException">Python refuses it. The message says why.</exception>
    public static string Expand(string text, Func<string, object?> values) => Part().Replace(text, match => Expand(match, values));

    private static string Expand(Match match, Func<string, object?> values)
    {
        var (name, type) = (match.Groups["name"], match.Groups["type"].Value);
        if (type == "%")
            return "%";
        if (type.Length == 0)
            throw new FormatException("a % that is none of a name such as %(here)s is written %%");
        if (!name.Success)
            throw new FormatException($"{match.Value} has no name; a % alone is written %%");
        var value = values(name.Value) ?? throw new FormatException($"nothing is known of the name {name.Value}");
        return Padded(Converted(value, type, match), match);
    }

    private static string Converted(object value, string type, Match match) =>
        (type, value) switch
        {
            ("s" or "a", _) => Cut(Convert.ToString(value, CultureInfo.InvariantCulture)!, match),
            ("r", string text) => Cut($"'{text}'", match),
            ("r", _) => Cut(Convert.ToString(value, CultureInfo.InvariantCulture)!, match),
            ("d" or "i" or "u", int number) => Signed(number.ToString(CultureInfo.InvariantCulture), match),
            ("x", int number) => Signed(number.ToString("x", CultureInfo.InvariantCulture), match),
            ("X", int number) => Signed(number.ToString("X", CultureInfo.InvariantCulture), match),
            ("o", int number) => Signed(Convert.ToString(number, 8), match),
            _ => throw new FormatException($"{match.Value} does not fit what {match.Groups["name"].Value} is"),
        };

    private static string Cut(string text, Match match) =>
        match.Groups["precision"] is { Success: true } precision && Number(precision) < text.Length ? text[..Number(precision)] : text;

    private static string Signed(string digits, Match match)
    {
        if (match.Groups["precision"] is { Success: true } precision)
            digits = digits.PadLeft(Math.Min(Number(precision), MostDigits), '0');
        return match.Groups["flags"].Value switch
        {
            var flags when flags.Contains('+', StringComparison.Ordinal) => $"+{digits}",
            var flags when flags.Contains(' ', StringComparison.Ordinal) => $" {digits}",
            _ => digits,
        };
    }

    private static string Padded(string text, Match match)
    {
        if (match.Groups["width"] is not { Success: true } given)
            return text;
        var (width, flags) = (Math.Min(Number(given), MostDigits), match.Groups["flags"].Value);
        if (flags.Contains('-', StringComparison.Ordinal))
            return text.PadRight(width);
        var isNumber = match.Groups["type"].Value is not ("s" or "r" or "a");
        return text.PadLeft(width, isNumber && flags.Contains('0', StringComparison.Ordinal) ? '0' : ' ');
    }

    private const int MostDigits = 1000;

    private static int Number(Group digits) =>
        int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : MostDigits;

    [GeneratedRegex(@"%(?:(?:\((?<name>[^)]*)\))?(?<flags>[#0\- +]*)(?<width>\d+)?(?:\.(?<precision>\d+))?[hlL]?(?<type>[a-zA-Z%]))?")]
    private static partial Regex Part();
}
