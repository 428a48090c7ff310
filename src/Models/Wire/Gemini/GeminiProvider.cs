using System.Collections.Immutable;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Gemini;

/// <summary>Google's generateContent. Source of the format: the API reference of Gemini, "Generating content".</summary>
internal sealed class GeminiProvider : IProviderWire
{
    /// <inheritdoc />
    public Uri AddressOf(ModelProvider provider, LanguageModel model, bool streams)
    {
        var method = streams ? "streamGenerateContent?alt=sse" : "generateContent";
        return new Uri(
            $"{provider.Address.AbsoluteUri.TrimEnd('/')}/{VersionOf(provider)}/models/{Uri.EscapeDataString(model.Id)}:{method}"
        );
    }

    /// <inheritdoc />
    public IEnumerable<(string Name, string Value)> Headers(ModelProvider provider, string? key)
    {
        if (key is not null)
            yield return ("x-goog-api-key", key);
    }

    /// <inheritdoc />
    public void WriteRequest(Utf8JsonWriter json, ChatRequest request, LanguageModel model) => GeminiRequest.Write(json, request);

    /// <inheritdoc />
    public void Forward(Utf8JsonWriter json, JsonElement body, LanguageModel model, int? maxTokens) => body.WriteTo(json);

    /// <inheritdoc />
    public IEnumerable<string> LeftOut(ChatRequest request)
    {
        if (request.ParallelTools is not null)
            yield return "parallel_tool_calls";
        if (request.Effort is not null)
            yield return "reasoning_effort";
    }

    /// <inheritdoc />
    public ChatAnswer ReadAnswer(JsonElement body)
    {
        if (body.Items("candidates").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } candidate)
        {
            return body.Get("promptFeedback")?.Text("blockReason") is null
                ? throw new ProviderErrorException(FailureKind.BadAnswer, "the answer has no candidates")
                : new ChatAnswer([], ChatFinish.Filtered, UsageOf(body));
        }

        var parts = candidate.Get("content")?.Items("parts").Select(PartOf).OfType<ChatPart>().ToImmutableArray() ?? [];
        var finish = FinishOf(candidate.Text("finishReason"), parts.Any(part => part is ToolCallPart));
        return new ChatAnswer(parts, finish, UsageOf(body));
    }

    /// <inheritdoc />
    public AnswerIdentity IdentityOf(JsonElement body) => AnswerIdentity.From(body, "responseId", "modelVersion");

    /// <inheritdoc />
    public IStreamReader OpenStream() => new GeminiStreamReader();

    /// <summary>The version of the interface, a part of each address.</summary>
    public static string VersionOf(ModelProvider provider) => provider.ApiVersion ?? "v1beta";

    /// <summary>The tokens that the provider reports; null if it reports none.</summary>
    public static TokenUsage? UsageOf(JsonElement body)
    {
        if (body.Get("usageMetadata") is not { ValueKind: JsonValueKind.Object } usage)
            return null;
        var prompt = (usage.Whole("promptTokenCount") ?? 0) + (usage.Whole("toolUsePromptTokenCount") ?? 0);
        var cached = Math.Min(usage.Whole("cachedContentTokenCount") ?? 0, prompt);
        return new TokenUsage(prompt - cached, usage.Whole("candidatesTokenCount") ?? 0)
        {
            CachedInput = cached,
            Reasoning = usage.Whole("thoughtsTokenCount") ?? 0,
        };
    }

    /// <summary>Why an answer ends.</summary>
    public static ChatFinish FinishOf(string? word, bool hasCalls) =>
        word switch
        {
            "MAX_TOKENS" => ChatFinish.Length,
            "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" => ChatFinish.Filtered,
            _ => hasCalls ? ChatFinish.ToolCalls : ChatFinish.Stop,
        };

    /// <summary>A part of an answer; null for what has no place here.</summary>
    public static ChatPart? PartOf(JsonElement part)
    {
        if (part.Get("functionCall") is { } call)
        {
            var id = GeminiCallId.Of(call.Text("id"), part.Text("thoughtSignature"));
            return new ToolCallPart(id, call.Text("name") ?? "", call.Get("args")?.GetRawText() ?? "{}");
        }

        if (part.Text("text") is not { } text)
            return null;
        return part.Flag("thought") ?? false ? new ThoughtPart(text) : new TextPart(text);
    }
}
