using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.OpenAi;

/// <summary>Reads "chat.completion.chunk" events.</summary>
internal sealed class ChatCompletionStreamReader : IStreamReader
{
    private readonly HashSet<int> _calls = [];
    private bool _isFinished;

    /// <inheritdoc />
    public bool IsComplete { get; private set; }

    /// <inheritdoc />
    public AnswerIdentity Identity { get; private set; }

    /// <inheritdoc />
    public IEnumerable<ChatDelta> Read(ServerEvent read)
    {
        if (read.Data.Span.SequenceEqual("[DONE]"u8))
        {
            IsComplete = true;
            return [];
        }

        using var parsed = StreamJson.Parse(read.Data);
        if (Identity.Id is null)
            Identity = AnswerIdentity.From(parsed.RootElement);
        var deltas = Deltas(parsed.RootElement).ToList();
        // Some end without [DONE].
        IsComplete |= _isFinished;
        return deltas;
    }

    private IEnumerable<ChatDelta> Deltas(JsonElement chunk)
    {
        if (chunk.Get("error") is { } error)
            throw new ProviderErrorException(FailureKind.ServerError, error.Text("message") ?? error.ToString());
        // Of several answers the first one is read; where the caller speaks this format, all are given on.
        if (chunk.Items("choices").FirstOrDefault(each => (each.Whole("index") ?? 0) == 0) is { ValueKind: JsonValueKind.Object } choice)
        {
            foreach (var delta in OfChoice(choice))
                yield return delta;
        }

        if (OpenAiProvider.UsageOf(chunk) is { } usage)
            yield return new UsageDelta(usage);
    }

    private IEnumerable<ChatDelta> OfChoice(JsonElement choice)
    {
        if (choice.Get("delta") is { } delta)
        {
            if ((delta.Text("reasoning_content") ?? delta.Text("reasoning")) is { Length: > 0 } thought)
                yield return new ThoughtDelta(thought);
            if ((delta.Text("content") ?? delta.Text("refusal")) is { Length: > 0 } text)
                yield return new TextDelta(text);
            foreach (var call in delta.Items("tool_calls").SelectMany(OfCall))
                yield return call;
        }

        if (choice.Text("finish_reason") is { } finish)
        {
            _isFinished = true;
            yield return new FinishDelta(OpenAiProvider.FinishOf(finish));
        }
    }

    private IEnumerable<ChatDelta> OfCall(JsonElement call)
    {
        var index = (int)(call.Whole("index") ?? 0);
        var function = call.Get("function");
        if (_calls.Add(index))
            yield return new ToolCallDelta(index, call.Text("id") ?? $"call_{index}", function?.Text("name") ?? "");
        if (function?.Text("arguments") is { Length: > 0 } arguments)
            yield return new ArgumentsDelta(index, arguments);
    }
}
