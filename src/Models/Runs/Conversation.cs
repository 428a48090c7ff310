using System.Collections.Immutable;
using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Verification;
using Aios.Models.Wire;
using Aios.Platform;

namespace Aios.Models.Runs;

/// <summary>
/// Asks one route until there is an answer: has tools run that the model asks for, and asks again for an answer that does not meet
/// its schema.
/// </summary>
internal sealed class Conversation(LlmQuestion question, ModelAsker asker, ToolRuns tools, Transcript log)
{
    private const int MostRepairs = 2;
    private const string Assistant = "assistant";

    private readonly List<ChatMessage> _messages = [];
    private int _steps;
    private int _repairs;

    // Providers know no schema beside tools, and none that is not an object.
    private readonly bool _asksByForm =
        question.Schema is { } schema && question.Tools.IsEmpty && schema.Text("type") == "object" && asker.KnowsSchemas(question.Route);

    /// <summary>The answer.</summary>
    /// <exception cref="ModelRunException">There is none.</exception>
    public async Task<FinalAnswer> Run(CancellationToken stop)
    {
        var definitions = tools.Definitions(question.Tools).ToImmutableArray();
        if (SystemText() is { } system)
            Add(ChatRole.System, "system", system);
        Add(ChatRole.User, "user", question.Prompt);
        while (true)
        {
            var asked = await asker.Ask(question.Route, RequestOf(definitions), stop).ConfigureAwait(false);
            _steps++;
            if (asked.Answer.ToolCalls.Any())
                await UseTools(asked, stop).ConfigureAwait(false);
            else if (Finish(asked) is { } answer)
                return answer;
        }
    }

    private ChatRequest RequestOf(ImmutableArray<ToolDefinition> definitions) =>
        new()
        {
            Messages = [.. _messages],
            Tools = definitions,
            Form = _asksByForm ? AnswerForm.Schema : AnswerForm.Text,
            Schema = _asksByForm ? question.Schema : null,
            SchemaName = _asksByForm ? "answer" : null,
            Temperature = question.Temperature,
            MaxTokens = question.MaxTokens,
        };

    private string? SystemText() =>
        question.Schema is { } schema && !_asksByForm ? LlmPrompts.WithSchema(question.System, schema.GetRawText()) : question.System;

    private async Task UseTools(AskedAnswer asked, CancellationToken stop)
    {
        if (asked.Text.Length > 0)
            log.Say(Speaker(asked), asked.Text);
        var calls = asked.Answer.ToolCalls.ToList();
        foreach (var call in calls)
            log.Say(Speaker(asked), $"{call.Name}({call.ArgumentsJson})");
        if (_steps >= question.MaxSteps)
            throw new ModelRunException(
                $"the model still asked for tools after {_steps} {(_steps == 1 ? "step" : "steps")}, the most that max_steps allows; "
                    + "raise it, or ask for less"
            );
        _messages.Add(new ChatMessage(ChatRole.Assistant, asked.Answer.Parts));
        var results = await Task.WhenAll(calls.Select(call => tools.Run(call, question.Tools, stop))).ConfigureAwait(false);
        foreach (var (call, result) in calls.Zip(results))
            log.Say($"tool {call.Name}", result.IsError ? $"failed: {result.Text}" : result.Text);
        _messages.Add(new ChatMessage(ChatRole.User, [.. results]));
    }

    // Null: it is asked again.
    private FinalAnswer? Finish(AskedAnswer asked)
    {
        log.Say(Speaker(asked), asked.Text);
        switch (asked.Answer.Finish)
        {
            case ChatFinish.Length:
                throw new ModelRunException(
                    $"the answer of \"{asked.Model}\" was cut off, because it is longer than max_tokens allows; raise it, or ask for less"
                );
            case ChatFinish.Filtered:
                throw new ModelRunException(
                    $"the provider of \"{asked.Model}\" declined to answer; change the prompt, or take another model"
                );
        }

        if (question.Schema is not { } schema)
            return new FinalAnswer(asked.Text, JsonText.Write(json => json.WriteStringValue(asked.Text)), asked.Call, asked.Model);
        if (TryMeet(schema, asked.Text, out var whole, out var problems))
            return new FinalAnswer(whole, whole, asked.Call, asked.Model);
        if (_repairs++ == MostRepairs)
            throw new ModelRunException(
                $"the answer of \"{asked.Model}\" does not meet the schema, also after {MostRepairs + 1} attempts: "
                    + $"{string.Join("; ", problems)}. Simplify the schema, or ask a stronger model"
            );
        _messages.Add(new ChatMessage(ChatRole.Assistant, [new TextPart(asked.Text)]));
        Add(ChatRole.User, "user", LlmPrompts.Again(problems));
        return null;
    }

    private static bool TryMeet(JsonElement schema, string text, out string json, out IReadOnlyList<string> problems)
    {
        json = "";
        try
        {
            using var document = JsonDocument.Parse(MarkdownFence.Remove(text), DeepJson.Options);
            var report = SchemaCheck.Check(schema, document.RootElement);
            problems = [.. report.Findings.Select(FindingWords.Of)];
            json = JsonText.Write(document.RootElement.WriteTo);
            return problems.Count == 0;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problems = [$"it is not valid JSON{JsonPlaces.Of(error)}"];
            return false;
        }
    }

    private void Add(ChatRole role, string who, string text)
    {
        _messages.Add(new ChatMessage(role, [new TextPart(text)]));
        log.Say(who, text);
    }

    private static string Speaker(AskedAnswer asked) => $"{Assistant} ({asked.Model})";
}
