using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Anthropic;

/// <summary><c>POST /v1/messages</c> as Anthropic has it.</summary>
internal sealed class MessagesWire : IClientWire
{
    /// <inheritdoc />
    public bool IsSpokenBy(ProviderKind kind) => kind == ProviderKind.Anthropic;

    /// <inheritdoc />
    public ChatRequest Read(JsonElement body) => MessagesReader.Read(body);

    /// <inheritdoc />
    public void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head)
    {
        json.WriteStartObject();
        WriteHead(json, head);
        json.WriteStartArray("content");
        foreach (var part in answer.Parts)
            WritePart(json, part);
        json.WriteEndArray();
        json.WriteString("stop_reason", WordOf(answer.Finish));
        json.WriteNull("stop_sequence");
        WriteUsage(json, answer.Usage ?? default);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void WriteError(Utf8JsonWriter json, GatewayError error)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", TypeOf(error.Status));
        json.WriteString("message", error.Message);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public IStreamWriter OpenStream(AnswerHead head, bool withUsage) => new MessagesStreamWriter(this, head);

    /// <summary>Writes what an answer begins with.</summary>
    public static void WriteHead(Utf8JsonWriter json, AnswerHead head)
    {
        json.WriteString("id", $"msg_aios_{head.Call}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", head.Model);
    }

    /// <summary>Writes the tokens of a call.</summary>
    public static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWrite);
        json.WriteNumber("cache_read_input_tokens", usage.CachedInput);
        json.WriteNumber("output_tokens", usage.Output + usage.Reasoning);
        json.WriteEndObject();
    }

    /// <summary>The word for why an answer ends.</summary>
    public static string WordOf(ChatFinish finish) =>
        finish switch
        {
            ChatFinish.Length => "max_tokens",
            ChatFinish.ToolCalls => "tool_use",
            ChatFinish.Filtered => "refusal",
            _ => "end_turn",
        };

    private static void WritePart(Utf8JsonWriter json, ChatPart part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case ToolCallPart call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawObject(call.ArgumentsJson);
                break;
            case ThoughtPart thought:
                json.WriteString("type", "thinking");
                json.WriteString("thinking", thought.Text);
                json.WriteString("signature", "");
                break;
            case TextPart text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
        }

        json.WriteEndObject();
    }

    private static string TypeOf(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            503 or 529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };
}
