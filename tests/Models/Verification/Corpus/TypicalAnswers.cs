using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>Short answers over small sources as engineers write them by hand, and the same with one thing wrong.</summary>
internal static partial class TypicalAnswers
{
    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Where(month => month.Length > 0)];

    private static readonly string[] OtherNames = ["Thornbury", "Valencia", "Henderson", "Zenitron", "Larsson", "Montreal", "Quintero"];

    /// <summary>Each source, a line of JSON, with the answer in the lines after it.</summary>
    public static IEnumerable<(string Source, string Answer)> Read(string text) =>
        text.ReplaceLineEndings("\n")
            .Split("\n---", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n', 2))
            .Select(block => (block[0], block[1]));

    /// <summary>All the ways to make one thing of an answer wrong that this knows.</summary>
    public static IEnumerable<Planted> Plant(string source, string answer)
    {
        var known = Number().Matches(source + "\n" + answer).Select(match => Value(match.Value)).ToHashSet();
        foreach (Match match in Number().Matches(answer))
        foreach (var wrong in WrongNumbers(match.Value).Distinct())
        {
            if (!known.Contains(Value(wrong)) && !IsRounding(source, wrong))
                yield return Replaced(answer, match.Index, match.Value, wrong, "number");
        }

        foreach (Match match in Month().Matches(answer))
        foreach (var month in Months)
        {
            var at = Array.IndexOf(Months, month) + 1;
            if (!Regex.IsMatch(source + answer, $"-{at:00}-|-{at:00}\\b|{month[..3]}|/{at}/", RegexOptions.IgnoreCase))
                yield return Replaced(answer, match.Index, match.Value, month, "date");
        }

        var names = Regex.Matches(source, "\"([A-Z][^\",:]{2,40})\"").Select(match => match.Groups[1].Value).Distinct();
        foreach (var name in names)
        {
            var at = answer.IndexOf(name, StringComparison.Ordinal);
            if (at < 0)
                continue;
            foreach (var other in OtherNames)
            {
                yield return Replaced(answer, at, name, other, "name");
                if (name.LastIndexOf(' ') is var space and > 0 && char.IsUpper(name[space + 1]))
                    yield return Replaced(answer, at + space + 1, name[(space + 1)..], other, "name");
            }
        }
    }

    private static Planted Replaced(string answer, int start, string right, string wrong, string kind) =>
        new(answer[..start] + wrong + answer[(start + right.Length)..], right, wrong, kind);

    private static IEnumerable<string> WrongNumbers(string right)
    {
        var digits = right.Index().Where(digit => char.IsAsciiDigit(digit.Item)).Select(digit => digit.Index).ToArray();
        foreach (var (at, next) in digits.Zip(digits.Skip(1)))
        {
            if (right[at] != right[next] && right[next] != '0')
                yield return With(With(right, at, right[next]), next, right[at]);
        }

        foreach (var at in digits[..Math.Min(3, digits.Length)])
        foreach (var by in (int[])[1, 3, 9])
        {
            var digit = (char)('0' + ((right[at] - '0' + by) % 10));
            if (digit != '0' || at > 0)
                yield return With(right, at, digit);
        }
    }

    private static string With(string text, int at, char digit) => text[..at] + digit + text[(at + 1)..];

    // A number of the source, rounded.
    private static bool IsRounding(string source, string wrong)
    {
        var value = Value(wrong);
        return Number()
            .Matches(source)
            .Select(match => Math.Abs(Value(match.Value)))
            .Any(number => Math.Abs(number - value) < 0.005 * value || Math.Abs((number * 100) - value) < 0.5);
    }

    private static double Value(string number)
    {
        var bare = Regex.Replace(number, @"[.,](?=\d{3}(?!\d))", "").Replace(',', '.');
        return double.TryParse(bare, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    [GeneratedRegex(@"(?<![\w.,/#:-]|[A-Za-z] ?-)\d(?:[\d.,]*\d)?(?![\w/:]|-\w|[.,]\d)|(?<=[ (])\d[\d.,]*(?=[kM%]\b)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(January|February|March|April|June|July|August|September|October|November|December)(?= \d| ?, ?\d)")]
    private static partial Regex Month();
}

/// <summary>An answer with one thing wrong.</summary>
/// <param name="Answer">The whole answer.</param>
/// <param name="Right">What it said before.</param>
/// <param name="Wrong">What it says instead.</param>
/// <param name="Kind">number, date or name.</param>
internal sealed record Planted(string Answer, string Right, string Wrong, string Kind);
