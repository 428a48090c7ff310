using System.Globalization;
using System.Text;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>Writes an answer and knows where its claims are, so that one of them can be made wrong.</summary>
internal sealed class AnswerBuilder(Random random)
{
    private static readonly string[] Strangers =
    [
        "Hamburg",
        "Contoso",
        "Osprey",
        "Zurich",
        "Marta Keller",
        "Globex",
        "Nimbus",
        "Tobias Lang",
        "Lisbon",
        "Umbra",
        "Priya Raman",
        "Kestrel",
        "Oslo",
        "Vandelay",
        "Quentin Moss",
    ];

    private readonly List<(string Text, char Kind)> _parts = [];

    public Random Random => random;

    public AnswerBuilder Text(string text) => Add(text, ' ');

    public AnswerBuilder Line(string text = "") => Add(text + "\n", ' ');

    public AnswerBuilder Name(string text) => Add(text, 'n');

    public AnswerBuilder Id(string text) => Add(text, 'i');

    /// <summary>A number as it is written.</summary>
    public AnswerBuilder Number(string text) => Add(text, '#');

    public AnswerBuilder Number(double value, int decimals = 0) => Number(English(value, decimals));

    public AnswerBuilder Percent(double value, int decimals = 1) =>
        Number(value.ToString("F" + decimals, CultureInfo.InvariantCulture))
            .Text(
                random.Next(3) switch
                {
                    0 => "%",
                    1 => " %",
                    _ => " percent",
                }
            );

    public AnswerBuilder Date(DateOnly day, string format) => Add(day.ToString(format, CultureInfo.InvariantCulture), 'd', day, format);

    private readonly List<(int Part, DateOnly Day, string Format)> _days = [];

    private AnswerBuilder Add(string text, char kind, DateOnly? day = null, string format = "")
    {
        if (day is { } given)
            _days.Add((_parts.Count, given, format));
        _parts.Add((text, kind));
        return this;
    }

    public static string English(double value, int decimals = 0) => value.ToString("N" + decimals, CultureInfo.InvariantCulture);

    public static string German(double value, int decimals = 0) =>
        English(value, decimals).Replace(',', '\u0001').Replace('.', ',').Replace('\u0001', '.');

    /// <summary>The right answer.</summary>
    public string Right => string.Concat(_parts.Select(part => part.Text));

    /// <summary>The answer with one claim made wrong, and what it is; null if none could be.</summary>
    /// <param name="isKnown">Whether the source has a number, a date or a name.</param>
    public (string Answer, string Wrong)? Planted(Func<string, bool> isKnown)
    {
        var sites = Enumerable.Range(0, _parts.Count).Where(index => _parts[index].Kind != ' ').ToList();
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var site = sites[random.Next(sites.Count)];
            var wrong = _parts[site].Kind switch
            {
                '#' => WrongNumber(_parts[site].Text),
                'd' => WrongDate(_days.Find(day => day.Part == site)),
                'i' => WrongNumber(_parts[site].Text),
                _ => Strangers[random.Next(Strangers.Length)],
            };
            if (wrong == _parts[site].Text || isKnown(wrong) || _parts.Exists(part => part.Text == wrong))
                continue;
            var answer = new StringBuilder();
            for (var index = 0; index < _parts.Count; index++)
                answer.Append(index == site ? wrong : _parts[index].Text);
            return (answer.ToString(), wrong);
        }

        return null;
    }

    // Two digits swapped, one changed, or one more.
    private string WrongNumber(string text)
    {
        var digits = Enumerable.Range(0, text.Length).Where(index => char.IsAsciiDigit(text[index])).ToList();
        var letters = text.ToCharArray();
        if (random.Next(2) == 0 && digits.Count > 1)
        {
            var first = random.Next(digits.Count - 1);
            (letters[digits[first]], letters[digits[first + 1]]) = (letters[digits[first + 1]], letters[digits[first]]);
            if (letters[digits[0]] == '0')
                return text;
        }
        else
        {
            var at = digits[random.Next(digits.Count)];
            letters[at] = (char)('1' + ((letters[at] - '1' + 1 + random.Next(8)) % 9));
        }

        return new string(letters);
    }

    private string WrongDate((int Part, DateOnly Day, string Format) site)
    {
        var day = random.Next(3) switch
        {
            0 => site.Day.AddMonths(random.Next(2, 6)),
            1 => site.Day.AddYears(-1),
            _ => site.Day.AddDays(random.Next(40, 90)),
        };
        return day.ToString(site.Format, CultureInfo.InvariantCulture);
    }
}
