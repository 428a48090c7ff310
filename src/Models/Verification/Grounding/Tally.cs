using Aios.Models.Verification.Grounding.Scanning;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>Counts what an answer says it has counted.</summary>
internal sealed class Tally(SourceFacts facts)
{
    private const int Most = 50;
    private const int WordsBeside = 4;
    private const int FewEntries = 60;
    private const int MostColumns = 4;

    private static readonly HashSet<string> Comparisons = new(
        (
            "below under less fewer than above over more least most exceed exceeded exceeding warmer colder higher lower "
            + "unter über weniger mehr mindestens höchstens als late short sold profit loss gain positive negative up down"
        )
            .Split(' ')
            .Select(Words.Stem),
        StringComparer.Ordinal
    );

    /// <summary>Whether so many lines or rows of the source have a word beside the claim, or are on one side of a limit.</summary>
    public bool Counts(NumberClaim claim)
    {
        if (claim.Readings[0].Value is not (>= 2 and <= Most and var value) || claim.Number.Percent != PercentKind.None)
            return false;
        return (claim.Number.Unit is null && (WordsOf(claim).Any(word => CountOf(word) == value) || IsOfPair(claim, value)))
            || IsOfLimit(claim, value);
    }

    // Three night shifts of somebody: the lines that have both.
    private bool IsOfPair(NumberClaim claim, double value)
    {
        var behind = Words.Split(claim.Passage.Text[claim.Token.End..]).Take(2).Select(Words.Stem).ToList();
        var names = claim
            .Passage.Tokens.Where(token => token.Kind is TokenKind.Word or TokenKind.Identifier && char.IsUpper(token.Text[0]))
            .Select(token => Words.Stem(token.Text))
            .Where(facts.Words.Has)
            .Take(WordsBeside);
        return names.Any(name =>
            behind.Any(word => word != name && facts.Entries.Count(entry => entry.Contains(name) && entry.Contains(word)) == value)
        );
    }

    private static IEnumerable<string> WordsOf(NumberClaim claim)
    {
        var text = claim.Passage.Text;
        var end = text.AsSpan(claim.Token.End).IndexOfAny(";.:(") is >= 0 and var close ? claim.Token.End + close : text.Length;
        return Words
            .Split(text[..claim.Token.Start])
            .TakeLast(WordsBeside)
            .Concat(Words.Split(text[claim.Token.End..end]).Take(WordsBeside))
            .Where(word => word.Length > 3 && char.IsLetter(word[0]))
            .Select(Words.Stem);
    }

    private int CountOf(string word) =>
        facts.Entries.Count(entry =>
            entry.Contains(word)
            || (Calendar.Weekday(word) is { } day && entry.Any(known => Calendar.Weekday(known) == day))
            || (facts.Entries.Count <= FewEntries && entry.Any(known => SourceColumn.IsFormOf(known, word)))
        );

    // Two of them scored less than 12; five nights were at or above 80 %.
    private bool IsOfLimit(NumberClaim claim, double value)
    {
        if (!claim.Passage.NearWords.Overlaps(Comparisons))
            return false;
        var limits = claim
            .Passage.Tokens.Where(token => token.Start != claim.Token.Start && token.Number is { IsOrdinal: false })
            .Select(token => (Limit: token.Number!.Readings[0].Value * (token.Number.Sign < 0 ? -1 : 1), token.Number.Percent));
        if (facts.Tables.Any(table => Differences(table).Any(numbers => AreBeside(numbers, 0, value))))
            return true;
        foreach (var (limit, percent) in limits)
        {
            if (facts.Tables.Any(table => Columns(table, percent != PercentKind.None).Any(numbers => AreBeside(numbers, limit, value))))
                return true;
        }

        return false;
    }

    // How much one field of each row is more than another: over budget, under the minimum.
    private static IEnumerable<List<double>> Differences(SourceTable table)
    {
        var columns = table.Measures.Where(column => !column.IsVirtual).Take(MostColumns).ToList();
        for (var first = 0; first < columns.Count; first++)
        {
            foreach (var second in columns.Skip(first + 1))
                yield return
                [
                    .. table
                        .Rows.Where(row => columns[first].Cells[row]?.Number is not null && second.Cells[row]?.Number is not null)
                        .Select(row => columns[first].Cells[row]!.Number!.Value - second.Cells[row]!.Number!.Value),
                ];
        }
    }

    private static bool AreBeside(List<double> numbers, double limit, double count) =>
        numbers.Count(number => number < limit) == count
        || numbers.Count(number => number <= limit) == count
        || numbers.Count(number => number > limit) == count
        || numbers.Count(number => number >= limit) == count;

    private static IEnumerable<List<double>> Columns(SourceTable table, bool isPercent)
    {
        var columns = table.Measures.Where(column => !column.IsVirtual).Take(MostColumns).ToList();
        foreach (var column in columns)
        {
            var numbers = Derivations.Numbers(column, table.Rows);
            yield return isPercent && column.IsFraction ? numbers.ConvertAll(number => number * 100) : numbers;
            if (!isPercent)
                continue;
            foreach (var other in columns.Where(other => other != column))
                yield return
                [
                    .. table
                        .Rows.Where(row => column.Cells[row]?.Number is not null && other.Cells[row]?.Number is not (null or 0))
                        .Select(row => column.Cells[row]!.Number!.Value / other.Cells[row]!.Number!.Value * 100),
                ];
        }
    }
}
