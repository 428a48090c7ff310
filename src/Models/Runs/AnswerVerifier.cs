using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Works;
using Aios.Models.Verification;
using Aios.Models.Wire;
using Aios.Platform;

namespace Aios.Models.Runs;

/// <summary>Checks an answer in the ways that its job names.</summary>
/// <param name="work">Names them.</param>
/// <param name="ask">Asks somebody else.</param>
/// <param name="asker">Turns texts into vectors.</param>
internal sealed class AnswerVerifier(LlmWork work, Func<LlmQuestion, CancellationToken, Task<FinalAnswer>> ask, ModelAsker asker)
{
    private const string Judge = "judge";

    // What a report is about; more of it would take seconds of the processor.
    private const int LongestSource = 512 * 1024;

    // All of them are in the log.
    private const int MostFindings = 3;

    private readonly List<CheckReport> _reports = [];
    private string? _refusal;

    /// <summary>Does all checks.</summary>
    /// <param name="answer">What is checked.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ModelRunException">A check could not be done.</exception>
    public async Task<Verification> Check(FinalAnswer answer, LlmQuestion question, CancellationToken stop)
    {
        var checks = work.Verify;
        if (checks.Schema && question.Schema is { } schema)
            _reports.Add(SchemaCheck.Check(schema, JsonElement.Parse(answer.Json, DeepJson.Options)));
        if (checks.GroundedJson is { } source)
            _reports.Add(CheckGrounds(answer, source));
        if (checks.Agree is { } agree)
            _reports.Add(await CheckAgreement(agree, answer, question, stop).ConfigureAwait(false));
        if (checks.Judge is { } judge)
            _reports.Add(await CheckByJudge(judge, answer, question, stop).ConfigureAwait(false));
        var (confidence, making) = Confidence.Of(_reports);
        return new Verification(confidence, making, [.. _reports], _refusal ?? TooLow(confidence));
    }

    private static CheckReport CheckGrounds(FinalAnswer answer, string source) =>
        source.Length <= LongestSource
            ? GroundedCheck.Check(answer.Text, JsonElement.Parse(source, DeepJson.Options))
            : throw new ModelRunException(
                $"verify: the source of grounded has {source.Length} characters, expected at most {LongestSource}; let the step before it "
                    + "return only the figures that the answer is about"
            );

    private string? TooLow(double confidence) =>
        confidence >= (double)work.MinConfidence
            ? null
            : $"the confidence {Text(confidence)} is below min_confidence {work.MinConfidence.ToString(CultureInfo.InvariantCulture)}: "
                + FirstOf(_reports.SelectMany(report => report.Findings));

    private static string FirstOf(IEnumerable<Finding> findings) => string.Join("; ", findings.Take(MostFindings).Select(FindingWords.Of));

    private async Task<CheckReport> CheckAgreement(AgreeCheck agree, FinalAnswer answer, LlmQuestion question, CancellationToken stop)
    {
        var others = await Task.WhenAll(agree.Routes.Select(route => AskAlso(question with { Route = route, Tools = [] }, stop)))
            .ConfigureAwait(false);
        string[] texts = [answer.Text, .. others.Select(other => other.Text)];
        var report = await Compare(agree, texts, question, stop).ConfigureAwait(false);
        if (report.Score < (double)agree.AtLeast)
            _refusal =
                $"the agreement {Text(report.Score)} with {string.Join(", ", agree.Routes)} is below at_least "
                + $"{agree.AtLeast.ToString(CultureInfo.InvariantCulture)}: {FirstOf(report.Findings)}";
        return report;
    }

    private async Task<FinalAnswer> AskAlso(LlmQuestion question, CancellationToken stop)
    {
        try
        {
            return await ask(question, stop).ConfigureAwait(false);
        }
        catch (ModelRunException error)
        {
            throw new ModelRunException($"verify agree: {question.Route}: {error.Message}");
        }
    }

    // Texts that differ in each word may say the same, which only vectors or a model can tell.
    private async Task<CheckReport> Compare(AgreeCheck agree, string[] texts, LlmQuestion question, CancellationToken stop)
    {
        var agreement = Agreement.Of(texts);
        if (agreement.IsStructural || agreement.Score >= 1)
            return Reported(agreement);
        if (agree.Embeddings is { } route)
            return Reported(Agreement.OfVectors(await asker.Embed(route, texts, stop).ConfigureAwait(false)));
        var comparison = new LlmQuestion(agree.Judge, Materials(question.Prompt, texts)) { System = LlmPrompts.Compare };
        return await Judged(Agreement.Name, comparison, stop).ConfigureAwait(false);
    }

    private Task<CheckReport> CheckByJudge(JudgeCheck judge, FinalAnswer answer, LlmQuestion question, CancellationToken stop)
    {
        var material = $"{LlmPrompts.Material("rubric", judge.Rubric)}\n{Materials(question.Prompt, [answer.Text])}";
        return Judged(Judge, new LlmQuestion(judge.Route, material) { System = LlmPrompts.Judge }, stop);
    }

    private async Task<CheckReport> Judged(string check, LlmQuestion question, CancellationToken stop)
    {
        var answer = await ask(question with { Schema = LlmPrompts.Judgement, Temperature = 0 }, stop).ConfigureAwait(false);
        using var judgement = JsonDocument.Parse(answer.Json);
        var score = Math.Clamp(judgement.RootElement.Number("score") ?? 0, 0, 1);
        return new CheckReport(
            check,
            score,
            score >= 1 ? [] : [new Finding("", judgement.RootElement.Text("reason") ?? "no reason given")]
        );
    }

    // The answer is the first of those that were compared: what counts is how far the others support it.
    private static CheckReport Reported(AgreementReport agreement) => agreement.ToCheck() with { Score = agreement.Support[0] };

    private static string Materials(string question, IEnumerable<string> answers) =>
        string.Join(
            '\n',
            answers.Select(answer => LlmPrompts.Material("answer", answer)).Prepend(LlmPrompts.Material("question", question))
        );

    private static string Text(double score) => score.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>What the checks of an answer found.</summary>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="MakingJson">How it comes about: each check with its score and findings.</param>
/// <param name="Reports">The checks.</param>
/// <param name="Failure">Why the answer is not good enough; null if it is.</param>
internal sealed record Verification(double Confidence, string MakingJson, ImmutableArray<CheckReport> Reports, string? Failure);
