using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>What rows come to that follow each other.</summary>
internal static class RunningTotals
{
    private const int Most = 60;
    private const int MostStarts = 12;

    /// <summary>From the first to some row, and of rows one after the other: the months up to May, the second quarter.</summary>
    public static IEnumerable<Candidate> Of(List<double> numbers)
    {
        if (numbers.Count is < 3 or > Most)
            yield break;
        for (var first = 0; first < (numbers.Count <= MostStarts ? numbers.Count - 1 : 1); first++)
        {
            var sum = numbers[first];
            foreach (var number in numbers.Skip(first + 1))
                yield return new Candidate(sum += number, Derivation.Sum, null);
        }
    }

    /// <summary>What there was, with what came in and without what went out since.</summary>
    public static IEnumerable<Candidate> Balances(SourceTable table, List<SourceColumn> columns, List<double> starts)
    {
        foreach (var first in columns)
        foreach (var second in columns.Where(column => column != first))
        {
            var sum = 0.0;
            foreach (var row in table.Rows.Take(Most))
            {
                sum += (first.Cells[row]?.Number ?? 0) - (second.Cells[row]?.Number ?? 0);
                yield return new Candidate(sum, Derivation.Difference, null);
                foreach (var start in starts)
                    yield return new Candidate(start + sum, Derivation.Sum, null);
            }
        }
    }
}
