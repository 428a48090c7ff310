using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Anthropic;

/// <summary>Reads the events of a message that comes piece by piece.</summary>
internal sealed class MessagesStreamReader : IStreamReader
{
    // The requests for tools by their blocks; -1 for the block whose arguments are the answer.
    private readonly Dictionary<long, int> _calls = [];
    private TokenUsage _usage;
    private int _nextCall;

    /// <inheritdoc />
    public bool IsComplete { get; private set; }

    /// <inheritdoc />
    public AnswerIdentity Identity { get; private set; }

    /// <inheritdoc />
    public IEnumerable<ChatDelta> Read(ServerEvent read)
    {
        using var parsed = StreamJson.Parse(read.Data);
        return Deltas(parsed.RootElement).ToList();
    }

    private IEnumerable<ChatDelta> Deltas(JsonElement data) =>
        data.Text("type") switch
        {
            "message_start" => Start(data.Get("message")),
            "content_block_start" => Begin(data),
            "content_block_delta" => More(data),
            "message_delta" => End(data),
            "message_stop" => Stop(),
            "error" => throw new ProviderErrorException(
                KindOf(data.Get("error")?.Text("type")),
                data.Get("error")?.Text("message") ?? "error"
            ),
            _ => [],
        };

    private IEnumerable<ChatDelta> Start(JsonElement? message)
    {
        Identity = AnswerIdentity.From(message);
        return Usage(message?.Get("usage"));
    }

    private IEnumerable<ChatDelta> Begin(JsonElement data)
    {
        if (data.Get("content_block") is not { } block || block.Text("type") != "tool_use")
            return [];
        var index = data.Whole("index") ?? 0;
        if (block.Text("name") == AnthropicProvider.AnswerTool)
        {
            _calls[index] = -1;
            return [];
        }

        _calls[index] = _nextCall++;
        return [new ToolCallDelta(_calls[index], block.Text("id") ?? "", block.Text("name") ?? "")];
    }

    private IEnumerable<ChatDelta> More(JsonElement data)
    {
        if (data.Get("delta") is not { } delta)
            return [];
        return delta.Text("type") switch
        {
            "text_delta" when delta.Text("text") is { Length: > 0 } text => [new TextDelta(text)],
            "thinking_delta" when delta.Text("thinking") is { Length: > 0 } thought => [new ThoughtDelta(thought)],
            "input_json_delta" when delta.Text("partial_json") is { Length: > 0 } json => [OfArguments(data.Whole("index") ?? 0, json)],
            _ => [],
        };
    }

    private ChatDelta OfArguments(long block, string json) =>
        _calls.GetValueOrDefault(block, -1) is >= 0 and var call ? new ArgumentsDelta(call, json) : new TextDelta(json);

    private IEnumerable<ChatDelta> End(JsonElement data)
    {
        var finish = AnthropicProvider.FinishOf(data.Get("delta")?.Text("stop_reason"));
        if (finish == ChatFinish.ToolCalls && _nextCall == 0)
            finish = ChatFinish.Stop;
        return [.. Usage(data.Get("usage")), new FinishDelta(finish)];
    }

    private IEnumerable<ChatDelta> Usage(JsonElement? told)
    {
        if (AnthropicProvider.UsageOf(told, _usage) is not { } usage)
            return [];
        _usage = usage;
        return [new UsageDelta(usage)];
    }

    private IEnumerable<ChatDelta> Stop()
    {
        IsComplete = true;
        return [];
    }

    private static FailureKind KindOf(string? type) =>
        type switch
        {
            "rate_limit_error" => FailureKind.RateLimit,
            "invalid_request_error" => FailureKind.BadRequest,
            "authentication_error" or "permission_error" or "not_found_error" => FailureKind.Auth,
            _ => FailureKind.ServerError,
        };
}
