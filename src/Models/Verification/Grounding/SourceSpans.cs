using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification.Grounding;

/// <summary>How long it is between the days and times of a source that has few of them.</summary>
internal sealed class SourceSpans(SourceFacts facts)
{
    private const int Most = 12;
    private const double Day = 86400;

    private readonly List<int> _times =
    [
        .. facts.Times.Select(time => (time.Hour * 3600) + ((time.Minute ?? 0) * 60) + (time.Second ?? 0)).Distinct().Take(Most),
    ];

    private readonly List<DateOnly> _days = [.. facts.Days.Take(Most)];

    /// <summary>How long it is from one day or time of the source to another.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="isNext">To the one that follows it in the source.</param>
    public IEnumerable<Candidate> Durations(NumberClaim claim, bool isNext)
    {
        if (claim.Number.Unit is not { IsTime: true } unit)
            yield break;
        for (var first = 0; first < _times.Count; first++)
        {
            foreach (var second in _times.Skip(first + 1).Take(isNext ? 1 : Most))
                yield return new Candidate(Math.Abs(second - _times[first]) / unit.Factor, Derivation.Direct, null);
        }

        for (var first = 0; first < _days.Count && unit.Factor >= Day; first++)
        {
            foreach (var second in _days.Skip(first + 1).Take(isNext ? 1 : Most))
            {
                var days = Math.Abs(second.DayNumber - _days[first].DayNumber);
                yield return new Candidate(days * Day / unit.Factor, Derivation.Direct, null);
                if (unit.Factor > 28 * Day)
                    yield return new Candidate(
                        MonthsBetween(_days[first], second) / (unit.Factor > 300 * Day ? 12 : 1),
                        Derivation.Direct,
                        null
                    );
            }
        }
    }

    private static double MonthsBetween(DateOnly first, DateOnly second) =>
        Math.Abs(((second.Year - first.Year) * 12) + second.Month - first.Month);
}
