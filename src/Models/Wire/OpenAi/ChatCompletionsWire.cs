using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.OpenAi;

/// <summary><c>POST /v1/chat/completions</c> as OpenAI has it.</summary>
internal sealed class ChatCompletionsWire : IClientWire
{
    /// <inheritdoc />
    public bool IsSpokenBy(ProviderKind kind) => kind is ProviderKind.OpenAi or ProviderKind.Azure;

    /// <inheritdoc />
    public ChatRequest Read(JsonElement body) => ChatCompletionReader.Read(body);

    /// <inheritdoc />
    public void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head)
    {
        json.WriteStartObject();
        WriteHead(json, head, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        WriteContent(json, answer);
        WriteCalls(json, answer);
        json.WriteEndObject();
        json.WriteString("finish_reason", WordOf(answer.Finish));
        json.WriteNull("logprobs");
        json.WriteEndObject();
        json.WriteEndArray();
        if (answer.Usage is { } usage)
            WriteUsage(json, usage);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void WriteError(Utf8JsonWriter json, GatewayError error) => OpenAiErrors.Write(json, error);

    /// <inheritdoc />
    public IStreamWriter OpenStream(AnswerHead head, bool withUsage) => new ChatCompletionStreamWriter(head, withUsage);

    /// <summary>Writes what each answer and each piece of one begins with.</summary>
    public static void WriteHead(Utf8JsonWriter json, AnswerHead head, string kind)
    {
        json.WriteString("id", $"chatcmpl-aios-{head.Call}");
        json.WriteString("object", kind);
        json.WriteNumber("created", head.Created.ToUnixTimeSeconds());
        json.WriteString("model", head.Model);
    }

    /// <summary>Writes the tokens of a call.</summary>
    public static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        var prompt = usage.Input + usage.CachedInput + usage.CacheWrite;
        var completion = usage.Output + usage.Reasoning;
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompt);
        json.WriteNumber("completion_tokens", completion);
        json.WriteNumber("total_tokens", prompt + completion);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInput);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The word for why an answer ends.</summary>
    public static string WordOf(ChatFinish finish) =>
        finish switch
        {
            ChatFinish.Length => "length",
            ChatFinish.ToolCalls => "tool_calls",
            ChatFinish.Filtered => "content_filter",
            _ => "stop",
        };

    private static void WriteContent(Utf8JsonWriter json, ChatAnswer answer)
    {
        var text = answer.Text;
        if (text.Length == 0 && answer.ToolCalls.Any())
            json.WriteNull("content");
        else
            json.WriteString("content", text);
        json.WriteNull("refusal");
        var thoughts = string.Concat(answer.Parts.OfType<ThoughtPart>().Select(part => part.Text));
        if (thoughts.Length > 0)
            json.WriteString("reasoning_content", thoughts);
    }

    private static void WriteCalls(Utf8JsonWriter json, ChatAnswer answer)
    {
        if (!answer.ToolCalls.Any())
            return;
        json.WriteStartArray("tool_calls");
        foreach (var call in answer.ToolCalls)
            OpenAiProvider.WriteCall(json, call);
        json.WriteEndArray();
    }
}
