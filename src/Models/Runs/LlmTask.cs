using System.Globalization;
using System.Text.Json;
using Aios.Jobs.Works;
using Aios.Models.Wire;
using Aios.Platform;
using Aios.Store;

namespace Aios.Models.Runs;

/// <summary>All that one run does: asks, has tools run, checks the answer.</summary>
/// <param name="work">What is asked, with its references followed.</param>
/// <param name="asker">Asks the models.</param>
/// <param name="tools">Runs the tools.</param>
/// <param name="log">Takes the conversation.</param>
/// <param name="store">Takes the confidence.</param>
internal sealed class LlmTask(LlmWork work, ModelAsker asker, ToolRuns tools, Transcript log, IStore store)
{
    private const int FewestOfPanel = 2;

    /// <summary>Does it.</summary>
    /// <exception cref="ModelRunException">There is no answer.</exception>
    public async Task<ModelRunResult> Run(CancellationToken stop)
    {
        var question = new LlmQuestion(work.Route, work.Prompt)
        {
            System = work.System,
            Schema = work.SchemaJson is { } schema ? AnswerSchema.Parse("schema", schema) : null,
            Temperature = (double?)work.Temperature,
            MaxTokens = work.MaxTokens,
            Tools = work.Tools,
            MaxSteps = work.Tools.IsEmpty ? 1 : work.MaxSteps,
        };
        if (!work.Panel.IsEmpty)
            return await RunPanel(question, stop).ConfigureAwait(false);
        var answer = await Ask(question, stop).ConfigureAwait(false);
        return new ModelRunResult(answer.Json, await Verify(answer, question, stop).ConfigureAwait(false));
    }

    private Task<FinalAnswer> Ask(LlmQuestion question, CancellationToken stop) => new Conversation(question, asker, tools, log).Run(stop);

    private async Task<ModelRunResult> RunPanel(LlmQuestion question, CancellationToken stop)
    {
        var answers = await Task.WhenAll(work.Panel.Select(route => OfPanel(question with { Route = route }, stop))).ConfigureAwait(false);
        var given = answers.OfType<FinalAnswer>().ToList();
        if (given.Count < FewestOfPanel)
            throw new ModelRunException(
                $"panel: {given.Count} of {work.Panel.Length} answered, expected at least {FewestOfPanel}; the log has the reasons"
            );
        var material = given.Select(answer => LlmPrompts.Material("answer", answer.Text));
        var joined = await Ask(
                new LlmQuestion(work.Synthesizer, string.Join('\n', material.Prepend(LlmPrompts.Material("question", question.Prompt))))
                {
                    System = question.System is { } own ? $"{LlmPrompts.Synthesize}\n\n{own}" : LlmPrompts.Synthesize,
                    Schema = LlmPrompts.PanelSchema(question.Schema),
                    Temperature = question.Temperature,
                    MaxTokens = question.MaxTokens,
                },
                stop
            )
            .ConfigureAwait(false);
        using var whole = JsonDocument.Parse(joined.Json, DeepJson.Options);
        var part = whole.RootElement.GetProperty("answer");
        var text = part.ValueKind == JsonValueKind.String ? part.GetString()! : part.GetRawText();
        var answerOfAll = joined with { Text = text, Json = part.GetRawText() };
        return new ModelRunResult(
            joined.Json,
            await Verify(answerOfAll, question with { Route = work.Synthesizer }, stop).ConfigureAwait(false)
        );
    }

    private async Task<FinalAnswer?> OfPanel(LlmQuestion question, CancellationToken stop)
    {
        try
        {
            return await Ask(question, stop).ConfigureAwait(false);
        }
        catch (ModelRunException error)
        {
            log.Warn($"panel: {question.Route}: {error.Message}");
            return null;
        }
    }

    // Null: it is good enough.
    private async Task<string?> Verify(FinalAnswer answer, LlmQuestion question, CancellationToken stop)
    {
        if (!work.Verify.IsAny)
            return null;
        var verification = await new AnswerVerifier(work, Ask, asker).Check(answer, question, stop).ConfigureAwait(false);
        foreach (var report in verification.Reports)
        {
            log.Say("verify", string.Create(CultureInfo.InvariantCulture, $"{report.Check} {report.Score:0.##}"));
            foreach (var finding in report.Findings)
                log.Warn($"{report.Check}: {FindingWords.Of(finding)}");
        }

        log.Say("verify", string.Create(CultureInfo.InvariantCulture, $"confidence {verification.Confidence:0.##}"));
        asker.NoteQuality(answer.Model, verification.Confidence);
        await store
            .Write(queue =>
            {
                queue.Calls.SetConfidence(answer.Call, answer.Model, verification.Confidence, verification.MakingJson);
                return true;
            })
            .WaitAsync(stop)
            .ConfigureAwait(false);
        return verification.Failure;
    }
}
