using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Gemini;

/// <summary>Reads the events of streamGenerateContent: each is an answer of its own, with the next parts.</summary>
internal sealed class GeminiStreamReader : IStreamReader
{
    private int _calls;

    /// <inheritdoc />
    public bool IsComplete { get; private set; }

    /// <inheritdoc />
    public AnswerIdentity Identity { get; private set; }

    /// <inheritdoc />
    public IEnumerable<ChatDelta> Read(ServerEvent read)
    {
        using var parsed = StreamJson.Parse(read.Data);
        if (Identity.Id is null)
            Identity = AnswerIdentity.From(parsed.RootElement, "responseId", "modelVersion");
        return Deltas(parsed.RootElement).ToList();
    }

    private IEnumerable<ChatDelta> Deltas(JsonElement data)
    {
        if (data.Get("error") is { } error)
            throw new ProviderErrorException(FailureKind.ServerError, error.Text("message") ?? "error");
        if (data.Items("candidates").FirstOrDefault() is { ValueKind: JsonValueKind.Object } candidate)
        {
            foreach (var part in candidate.Get("content")?.Items("parts").Select(GeminiProvider.PartOf) ?? [])
            {
                foreach (var delta in DeltasOf(part))
                    yield return delta;
            }

            if (candidate.Text("finishReason") is { } finish)
            {
                IsComplete = true;
                yield return new FinishDelta(GeminiProvider.FinishOf(finish, _calls > 0));
            }
        }
        else if (data.Get("promptFeedback")?.Text("blockReason") is not null)
        {
            IsComplete = true;
            yield return new FinishDelta(ChatFinish.Filtered);
        }

        if (GeminiProvider.UsageOf(data) is { } usage)
            yield return new UsageDelta(usage);
    }

    private IEnumerable<ChatDelta> DeltasOf(ChatPart? part) =>
        part switch
        {
            TextPart { Text.Length: > 0 } text => [new TextDelta(text.Text)],
            ThoughtPart thought => [new ThoughtDelta(thought.Text)],
            ToolCallPart call => [new ToolCallDelta(_calls, call.Id, call.Name), new ArgumentsDelta(_calls++, call.ArgumentsJson)],
            _ => [],
        };
}
