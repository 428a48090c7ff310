using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Aios.Models.Verification.Grounding;
using Aios.Models.Verification.Grounding.Sources;

namespace Aios.Models.Verification;

/// <summary>
/// Whether an answer says only what its source says: each number, date and name in it is in the source, or follows by a sum,
/// difference, ratio or percentage that the words around it state. No model is asked, so the same answer always gets the same
/// findings.
/// </summary>
internal static class GroundedCheck
{
    public const string Name = "grounded";

    /// <summary>Checks an answer.</summary>
    /// <param name="answer">Plain text, Markdown or JSON.</param>
    /// <param name="source">Any JSON; its texts may hold tables.</param>
    public static CheckReport Check(string answer, JsonElement source)
    {
        var facts = SourceFacts.Of(source);
        // Half of a surrogate pair is no text.
        var passages = AnswerReader.Read(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(answer)));
        var (dates, names, numbers) = (new DateJudge(facts), new NameJudge(facts), new NumberJudge(facts));
        var found = new List<(int Passage, int Start, Finding? Finding)>();
        var claims = new List<(int Passage, NumberClaim Claim)>();
        foreach (var (index, passage) in passages.Index())
        {
            found.AddRange(dates.Judge(passage).Concat(names.Judge(passage)).Select(judged => (index, judged.Start, judged.Finding)));
            claims.AddRange(NumberClaims.In(passage, facts).Select(claim => (index, claim)));
        }

        var isGrounded = new Dictionary<NumberClaim, bool>();
        numbers.Judge([.. claims.Select(claim => claim.Claim)], isGrounded);
        foreach (var (passage, claim) in claims)
            found.Add((passage, claim.Token.Start, isGrounded[claim] ? null : new Finding(claim.Token.Text, numbers.Problem(claim))));

        var findings = found.Where(judged => judged.Finding is not null).OrderBy(judged => judged.Passage).ThenBy(judged => judged.Start);
        var score = found.Count == 0 ? 1 : 1 - ((double)found.Count(judged => judged.Finding is not null) / found.Count);
        return new CheckReport(Name, score, findings.Select(judged => judged.Finding!).ToImmutableArray());
    }
}
