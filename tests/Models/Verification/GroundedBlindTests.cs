using System.Text.Json;
using Aios.Models.Verification;

namespace Aios.Tests.Models.Verification;

/// <summary>
/// How many faults grounded finds, and how many right answers it doubts, in answers that were written without looking at the check.
/// </summary>
public sealed class GroundedBlindTests(ITestOutputHelper output)
{
    [Fact]
    public void Few_right_answers_are_doubted_and_nearly_all_faults_are_found()
    {
        var (right, doubted, wrong, found) = (0, 0, 0, 0);
        foreach (var line in Enumerable.Range(1, 3).SelectMany(Lines))
        {
            var answer = line.GetProperty("answer").GetString()!;
            var report = GroundedCheck.Check(answer, line.GetProperty("source"));
            if (!line.TryGetProperty("planted", out var planted))
            {
                right++;
                if (report.Findings.IsEmpty)
                    continue;
                doubted++;
                output.WriteLine($"doubted: {answer}\n  {string.Join("\n  ", report.Findings)}\n");
                continue;
            }

            wrong++;
            // Other findings than the planted fault do not count.
            if (report.Findings.Any(finding => GroundedCorpusTests.IsAbout(finding.Text, planted.GetString()!)))
                found++;
            else
                output.WriteLine($"missed {planted}: {answer}\n");
        }

        output.WriteLine($"found {found} of {wrong} faults, doubted {doubted} of {right} right answers");
        Assert.True(found >= 0.97 * wrong, $"Only {found} of {wrong} planted faults were found.");
        Assert.True(doubted <= 0.02 * right, $"{doubted} of {right} right answers were doubted.");
    }

    [Fact]
    public void A_label_of_all_rows_may_stand_beside_one_of_rows_without_values()
    {
        var source = JsonElement.Parse("""[{"kind": "job", "id": "alpha", "seconds": 5}, {"kind": "job", "id": "beta"}]""");
        Assert.Empty(GroundedCheck.Check("The job beta has no time, the job alpha took 5 seconds.", source).Findings);
    }

    private static IEnumerable<JsonElement> Lines(int set)
    {
        using var stream = typeof(GroundedBlindTests).Assembly.GetManifestResourceStream($"blind-answers-{set}.jsonl")!;
        return
        [
            .. new StreamReader(stream)
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonElement.Parse(line)),
        ];
    }
}
