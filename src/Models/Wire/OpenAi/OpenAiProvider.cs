using System.Collections.Immutable;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.OpenAi;

/// <summary>Providers that speak OpenAI's chat completions; in Azure, each model is a deployment with an address of its own.</summary>
internal sealed class OpenAiProvider(bool isAzure) : IProviderWire
{
    private const string AzureVersion = "2024-10-21";

    private static readonly string[] ThinkingModels = ["o1", "o3", "o4", "gpt-5"];

    /// <inheritdoc />
    public Uri AddressOf(ModelProvider provider, LanguageModel model, bool streams) => AddressOf(provider, model, "chat/completions");

    /// <summary>Where a request for something goes.</summary>
    public Uri AddressOf(ModelProvider provider, LanguageModel model, string what) =>
        isAzure
            ? new Uri(
                $"{provider.Address.AbsoluteUri.TrimEnd('/')}/openai/deployments/{Uri.EscapeDataString(model.Id)}/{what}"
                    + $"?api-version={Uri.EscapeDataString(provider.ApiVersion ?? AzureVersion)}"
            )
            : new Uri($"{provider.Address.AbsoluteUri.TrimEnd('/')}/{what}");

    /// <inheritdoc />
    public IEnumerable<(string Name, string Value)> Headers(ModelProvider provider, string? key)
    {
        if (key is not null)
            yield return isAzure ? ("api-key", key) : ("Authorization", $"Bearer {key}");
    }

    /// <inheritdoc />
    public void WriteRequest(Utf8JsonWriter json, ChatRequest request, LanguageModel model)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Id);
        json.WriteStartArray("messages");
        foreach (var message in request.Messages)
            WriteMessage(json, message);
        json.WriteEndArray();
        WriteTools(json, request);
        WriteForm(json, request);
        if (request.MaxTokens is { } most)
            json.WriteNumber(LimitName(model), most);
        WriteSampling(json, request);
        if (request.Streams)
            WriteStreaming(json);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void Forward(Utf8JsonWriter json, JsonElement body, LanguageModel model, int? maxTokens)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Id);
        foreach (var field in body.EnumerateObject().Where(field => field.Name is not ("model" or "stream_options")))
            field.WriteTo(json);
        if (maxTokens is { } limit)
            json.WriteNumber(LimitName(model), limit);
        if (body.Flag("stream") ?? false)
        {
            // Asked for always: without it the provider does not say what a stream costs.
            json.WriteStartObject("stream_options");
            foreach (var option in body.Get("stream_options")?.EnumerateObject().Where(option => option.Name != "include_usage") ?? [])
                option.WriteTo(json);
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <inheritdoc />
    public IEnumerable<string> LeftOut(ChatRequest request) => [];

    /// <inheritdoc />
    public ChatAnswer ReadAnswer(JsonElement body)
    {
        if (
            body.Items("choices").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } choice
            || choice.Get("message") is not { } message
        )
            throw new ProviderErrorException(FailureKind.BadAnswer, "the answer has no choices with a message");
        var parts = ImmutableArray.CreateBuilder<ChatPart>();
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } thoughts)
            parts.Add(new ThoughtPart(thoughts));
        if ((message.Text("content") ?? message.Text("refusal")) is { Length: > 0 } text)
            parts.Add(new TextPart(text));
        foreach (var call in message.Items("tool_calls"))
            parts.Add(CallOf(call));
        return new ChatAnswer(parts.ToImmutable(), FinishOf(choice.Text("finish_reason")), UsageOf(body));
    }

    /// <inheritdoc />
    public AnswerIdentity IdentityOf(JsonElement body) => AnswerIdentity.From(body);

    /// <inheritdoc />
    public IStreamReader OpenStream() => new ChatCompletionStreamReader();

    /// <summary>The tokens of an answer, wherever it tells them; null if it does not.</summary>
    public static TokenUsage? UsageOf(JsonElement body)
    {
        if (body.Get("usage") is not { ValueKind: JsonValueKind.Object } usage || usage.Whole("prompt_tokens") is not { } prompt)
            return null;
        var cached = Math.Min(usage.Get("prompt_tokens_details")?.Whole("cached_tokens") ?? 0, prompt);
        var written = Math.Min(usage.Get("prompt_tokens_details")?.Whole("cache_write_tokens") ?? 0, prompt - cached);
        var completion = usage.Whole("completion_tokens") ?? 0;
        var reasoning = Math.Min(usage.Get("completion_tokens_details")?.Whole("reasoning_tokens") ?? 0, completion);
        return new TokenUsage(prompt - cached - written, completion - reasoning)
        {
            CachedInput = cached,
            CacheWrite = written,
            Reasoning = reasoning,
        };
    }

    /// <summary>Why an answer ends.</summary>
    public static ChatFinish FinishOf(string? word) =>
        word switch
        {
            "length" => ChatFinish.Length,
            "tool_calls" or "function_call" => ChatFinish.ToolCalls,
            "content_filter" => ChatFinish.Filtered,
            _ => ChatFinish.Stop,
        };

    /// <summary>Writes a request for a tool.</summary>
    public static void WriteCall(Utf8JsonWriter json, ToolCallPart call)
    {
        json.WriteStartObject();
        json.WriteString("id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", call.ArgumentsJson);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ToolCallPart CallOf(JsonElement call) =>
        new(call.Text("id") ?? "", call.Get("function")?.Text("name") ?? "", call.Get("function")?.Text("arguments") ?? "{}");

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        foreach (var result in message.Parts.OfType<ToolResultPart>())
        {
            json.WriteStartObject();
            json.WriteString("role", "tool");
            json.WriteString("tool_call_id", result.CallId);
            json.WriteString("content", result.Text);
            json.WriteEndObject();
        }

        var parts = message.Parts.Where(part => part is TextPart or ImagePart).ToList();
        var calls = message.Parts.OfType<ToolCallPart>().ToList();
        if (parts.Count + calls.Count == 0 && message.Parts.Length > 0)
            return;
        json.WriteStartObject();
        json.WriteString("role", message.Role.ToString().ToLowerInvariant());
        WriteContent(json, parts);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            foreach (var call in calls)
                WriteCall(json, call);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, List<ChatPart> parts)
    {
        if (parts.TrueForAll(part => part is TextPart))
        {
            json.WriteString("content", string.Concat(parts.Cast<TextPart>().Select(part => part.Text)));
            return;
        }

        json.WriteStartArray("content");
        foreach (var part in parts)
        {
            json.WriteStartObject();
            json.WriteString("type", part is TextPart ? "text" : "image_url");
            if (part is TextPart text)
            {
                json.WriteString("text", text.Text);
            }
            else
            {
                json.WriteStartObject("image_url");
                json.WriteString("url", ((ImagePart)part).Address);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.Tools.IsEmpty)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            if (tool.Description is not null)
                json.WriteString("description", tool.Description);
            if (tool.Parameters is { } parameters)
            {
                json.WritePropertyName("parameters");
                parameters.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteChoice(json, request);
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.ParallelTools is { } parallel)
            json.WriteBoolean("parallel_tool_calls", parallel);
        if (request.ToolChoice == ToolChoice.Named)
        {
            json.WriteStartObject("tool_choice");
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", request.ToolName);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else if (request.ToolChoice != ToolChoice.Auto)
        {
            json.WriteString("tool_choice", request.ToolChoice.ToString().ToLowerInvariant());
        }
    }

    private static void WriteForm(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.Form == AnswerForm.Text)
            return;
        json.WriteStartObject("response_format");
        json.WriteString("type", request.Schema is null ? "json_object" : "json_schema");
        if (request.Schema is { } schema)
        {
            json.WriteStartObject("json_schema");
            json.WriteString("name", request.SchemaName ?? "answer");
            json.WriteBoolean("strict", StrictSchema.IsMetBy(schema));
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (request.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (request.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (request.Effort is { } effort)
            json.WriteString("reasoning_effort", effort);
        if (!request.Stop.IsEmpty)
            json.WriteTexts("stop", request.Stop);
    }

    // Models of OpenAI that think refuse the one name, and older servers know no other.
    private static string LimitName(LanguageModel model) =>
        ThinkingModels.Any(prefix => model.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? "max_completion_tokens"
            : "max_tokens";

    private static void WriteStreaming(Utf8JsonWriter json)
    {
        json.WriteBoolean("stream", true);
        json.WriteStartObject("stream_options");
        json.WriteBoolean("include_usage", true);
        json.WriteEndObject();
    }
}
