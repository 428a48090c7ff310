using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aios.Models.Verification;
using Aios.Tests.Models.Verification.Corpus;

namespace Aios.Tests.Models.Verification;

/// <summary>How many planted faults grounded finds in made answers, and how many right answers it doubts.</summary>
public sealed class GroundedCorpusTests(ITestOutputHelper output)
{
    private const int Answers = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Most_faults_are_found_and_few_right_answers_are_doubted(int seed) =>
        Measure([.. Styles.All, .. MoreStyles.All, .. OtherStyles.All], seed);

    [Theory]
    [InlineData(11)]
    public void The_same_holds_for_reports_over_data_of_their_own(int seed) => Measure(HeldOutStyles.All, seed);

    [Fact]
    public void Short_answers_of_everyday_are_seldom_doubted_and_their_faults_are_found()
    {
        using var stream = typeof(GroundedCorpusTests).Assembly.GetManifestResourceStream("typical-answers.txt")!;
        var cases = TypicalAnswers.Read(new StreamReader(stream).ReadToEnd()).ToList();
        var random = new Random(7);
        var (found, planted, doubted) = (0, 0, 0);
        foreach (var (source, answer) in cases)
        {
            var json = JsonElement.Parse(source);
            var report = GroundedCheck.Check(answer, json);
            if (report.Score < 1)
            {
                doubted++;
                output.WriteLine($"doubted: {answer}\n  {string.Join("\n  ", report.Findings)}\n  {source}");
            }

            var faults = TypicalAnswers.Plant(source, answer).ToArray();
            random.Shuffle(faults);
            foreach (var fault in faults.DistinctBy(fault => fault.Kind))
            {
                planted++;
                if (GroundedCheck.Check(fault.Answer, json).Findings.Any(finding => IsAbout(finding.Text, fault.Wrong)))
                    found++;
                else
                    output.WriteLine($"missed {fault.Wrong} for {fault.Right}: {fault.Answer}\n  {source}");
            }
        }

        output.WriteLine($"found {found} of {planted} faults, doubted {doubted} of {cases.Count} right answers");
        Assert.True(found >= 0.93 * planted, $"Only {found} of {planted} planted faults were found.");
        Assert.True(doubted <= 0.04 * cases.Count, $"{doubted} of {cases.Count} right answers were doubted.");
    }

    private void Measure(Func<Random, (AnswerBuilder Answer, JsonNode Source)>[] styles, int seed)
    {
        var random = new Random(seed);
        var (found, doubted) = (0, 0);
        for (var index = 0; index < Answers; index++)
        {
            var (right, source) = styles[index % styles.Length](random);
            var json = JsonElement.Parse(source.ToJsonString());
            var report = GroundedCheck.Check(right.Right, json);
            if (report.Score < 1)
            {
                doubted++;
                output.WriteLine($"doubted: {right.Right}\n  {string.Join("\n  ", report.Findings)}\n  {source.ToJsonString()}");
            }

            var (other, otherSource) = styles[index % styles.Length](random);
            var text = otherSource.ToJsonString();
            var (wrong, planted) = other.Planted(candidate => IsKnown(text, candidate))!.Value;
            report = GroundedCheck.Check(wrong, JsonElement.Parse(text));
            // Other findings than the planted fault do not count.
            if (report.Findings.Any(finding => IsAbout(finding.Text, planted)))
                found++;
            else
                output.WriteLine($"missed {planted}: {wrong}\n  {text}");
        }

        output.WriteLine($"seed {seed}: found {found} of {Answers} faults, doubted {doubted} of {Answers} right answers");
        Assert.True(found >= 95, $"Only {found} of {Answers} planted faults were found.");
        Assert.True(doubted <= 2, $"{doubted} of {Answers} right answers were doubted.");
    }

    internal static bool IsAbout(string finding, string planted)
    {
        var (left, right) = (Bare(finding), Bare(planted));
        return left.Length > 0
            && right.Length > 0
            && (left.Contains(right, StringComparison.OrdinalIgnoreCase) || right.Contains(left, StringComparison.OrdinalIgnoreCase));
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    // Only what is not in the source is a fault.
    private static bool IsKnown(string source, string candidate)
    {
        if (
            !candidate.Any(char.IsAsciiDigit)
            || !double.TryParse(candidate, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        )
            return source.Contains(candidate, StringComparison.OrdinalIgnoreCase);
        var decimals = candidate.Contains('.', StringComparison.Ordinal)
            ? candidate.Length - candidate.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        return System
            .Text.RegularExpressions.Regex.Matches(source, @"(?<![\w.])\d+(?:\.\d+)?(?![\w])")
            .Any(match =>
                Math.Abs(Math.Round(double.Parse(match.Value, CultureInfo.InvariantCulture), Math.Min(decimals, 10)) - Math.Abs(number))
                < 1e-9
            );
    }
}
