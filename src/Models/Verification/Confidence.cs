using System.Text;

namespace Aios.Models.Verification;

/// <summary>
/// One figure for how far an answer can be relied on: the smallest score of its checks.
/// </summary>
/// <remarks>
/// Somebody who reads "confidence 0.9" expects that whatever was checked came out at 0.9 or better, and that min_confidence 0.8
/// means: no check below 0.8. The smallest score says just that. A product would not: the checks look at the same answer, so their
/// faults are not independent (a wrong number costs grounded, agree and judge alike, and would count three times), and adding a
/// check that finds nearly nothing would lower the figure, so that careful users would get lower confidence than careless ones. A
/// mean would let a good judge outvote an answer that breaks its schema. With no check there is nothing known, and so no confidence:
/// 0, not 1.
/// </remarks>
internal static class Confidence
{
    /// <summary>The confidence, and how it was made: each check with its score and findings.</summary>
    public static (double Value, string MakingJson) Of(IReadOnlyList<CheckReport> checks)
    {
        var value = checks.Count == 0 ? 0 : Math.Clamp(checks.Min(Score), 0, 1);
        var making = Wire.Json.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("confidence", value);
            json.WriteString("rule", "min");
            json.WriteStartArray("checks");
            foreach (var check in checks)
            {
                json.WriteStartObject();
                json.WriteString("check", check.Check);
                json.WriteNumber("score", Score(check));
                json.WriteStartArray("findings");
                foreach (var finding in check.Findings)
                {
                    json.WriteStartObject();
                    json.WriteString("text", finding.Text);
                    json.WriteString("problem", finding.Problem);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        return (value, Encoding.UTF8.GetString(making.Span));
    }

    // A score that is no number is none.
    private static double Score(CheckReport check) => double.IsNaN(check.Score) ? 0 : Math.Clamp(check.Score, 0, 1);
}
