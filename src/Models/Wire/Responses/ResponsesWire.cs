using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Wire.Responses;

/// <summary>
/// <c>POST /v1/responses</c> as OpenAI has it. Few providers speak it, so all are asked in their own format.
/// </summary>
internal sealed class ResponsesWire : IClientWire
{
    /// <inheritdoc />
    public bool IsSpokenBy(ProviderKind kind) => false;

    /// <inheritdoc />
    public ChatRequest Read(JsonElement body) => ResponsesReader.Read(body);

    /// <inheritdoc />
    public void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head) =>
        WriteResponse(json, head, ItemsOf(answer, head), answer.Finish, answer.Usage);

    /// <inheritdoc />
    public void WriteError(Utf8JsonWriter json, GatewayError error) => OpenAiErrors.Write(json, error);

    /// <inheritdoc />
    public IStreamWriter OpenStream(AnswerHead head, bool withUsage) => new ResponsesStreamWriter(head);

    /// <summary>Writes a whole response.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="head">What it says beside its content.</param>
    /// <param name="items">What it holds.</param>
    /// <param name="finish">Why it ends; null while more is to come.</param>
    /// <param name="usage">The tokens that it took; null if nobody knows yet.</param>
    public static void WriteResponse(
        Utf8JsonWriter json,
        AnswerHead head,
        IEnumerable<ResponseItem> items,
        ChatFinish? finish,
        TokenUsage? usage
    )
    {
        json.WriteStartObject();
        json.WriteString("id", $"resp_aios_{head.Call}");
        json.WriteString("object", "response");
        json.WriteNumber("created_at", head.Created.ToUnixTimeSeconds());
        json.WriteString("status", StatusOf(finish));
        json.WriteString("model", head.Model);
        json.WriteNull("error");
        WriteIncomplete(json, finish);
        json.WriteNull("instructions");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteBoolean("parallel_tool_calls", true);
        json.WriteString("tool_choice", "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteNull("temperature");
        json.WriteNull("top_p");
        json.WriteStartArray("output");
        foreach (var item in items)
            item.Write(json);
        json.WriteEndArray();
        if (usage is { } told)
            WriteUsage(json, told);
        else
            json.WriteNull("usage");
        json.WriteEndObject();
    }

    private static IEnumerable<ResponseItem> ItemsOf(ChatAnswer answer, AnswerHead head)
    {
        if (answer.Text is { Length: > 0 } text)
            yield return ResponseItem.Message(head, 0, text);
        foreach (var (call, index) in answer.ToolCalls.Select((call, index) => (call, index)))
            yield return ResponseItem.Call(head, index + 1, call);
    }

    private static string StatusOf(ChatFinish? finish) =>
        finish switch
        {
            null => "in_progress",
            ChatFinish.Length or ChatFinish.Filtered => "incomplete",
            _ => "completed",
        };

    private static void WriteIncomplete(Utf8JsonWriter json, ChatFinish? finish)
    {
        if (finish is not (ChatFinish.Length or ChatFinish.Filtered))
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", finish == ChatFinish.Length ? "max_output_tokens" : "content_filter");
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        var input = usage.Input + usage.CachedInput + usage.CacheWrite;
        var output = usage.Output + usage.Reasoning;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInput);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", input + output);
        json.WriteEndObject();
    }
}
