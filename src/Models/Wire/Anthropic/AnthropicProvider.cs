using System.Collections.Immutable;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Anthropic;

/// <summary>
/// Providers that speak Anthropic's messages. A JSON schema is asked for as a tool that must be called, which all of its models
/// can; its arguments are the answer.
/// </summary>
internal sealed class AnthropicProvider : IProviderWire
{
    /// <summary>The tool whose arguments are the answer.</summary>
    public const string AnswerTool = "aios_answer";

    private const string Version = "2023-06-01";

    /// <inheritdoc />
    public Uri AddressOf(ModelProvider provider, LanguageModel model, bool streams)
    {
        var address = provider.Address.AbsoluteUri.TrimEnd('/');
        return new Uri(address.EndsWith("/v1", StringComparison.Ordinal) ? $"{address}/messages" : $"{address}/v1/messages");
    }

    /// <inheritdoc />
    public IEnumerable<(string Name, string Value)> Headers(ModelProvider provider, string? key)
    {
        yield return ("anthropic-version", provider.ApiVersion ?? Version);
        if (key is not null)
            yield return ("x-api-key", key);
    }

    /// <inheritdoc />
    public void WriteRequest(Utf8JsonWriter json, ChatRequest request, LanguageModel model)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Id);
        json.WriteNumber("max_tokens", request.MaxTokens ?? model.MaxOutput ?? LanguageModel.StandardMaxOutput);
        WriteSystem(json, request);
        AnthropicMessages.Write(json, request);
        WriteTools(json, request);
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature", Math.Min(temperature, 1));
        if (request.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (!request.Stop.IsEmpty)
            json.WriteTexts("stop_sequences", request.Stop);
        if (request.Streams)
            json.WriteBoolean("stream", true);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public void Forward(Utf8JsonWriter json, JsonElement body, LanguageModel model, int? maxTokens)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Id);
        foreach (var field in body.EnumerateObject().Where(field => field.Name != "model"))
            field.WriteTo(json);
        json.WriteEndObject();
    }

    /// <inheritdoc />
    public IEnumerable<string> LeftOut(ChatRequest request)
    {
        if (request.Seed is not null)
            yield return "seed";
        if (request.Effort is not null)
            yield return "reasoning_effort";
    }

    /// <inheritdoc />
    public ChatAnswer ReadAnswer(JsonElement body)
    {
        if (body.Get("content") is not { ValueKind: JsonValueKind.Array } content)
            throw new ProviderErrorException(FailureKind.BadAnswer, "the answer has no content");
        var parts = content.EnumerateArray().Select(PartOf).OfType<ChatPart>().ToImmutableArray();
        var finish = FinishOf(body.Text("stop_reason"));
        if (finish == ChatFinish.ToolCalls && !parts.Any(part => part is ToolCallPart))
            finish = ChatFinish.Stop;
        return new ChatAnswer(parts, finish, UsageOf(body.Get("usage"), default));
    }

    /// <inheritdoc />
    public AnswerIdentity IdentityOf(JsonElement body) => AnswerIdentity.From(body);

    /// <inheritdoc />
    public IStreamReader OpenStream() => new MessagesStreamReader();

    /// <summary>Why an answer ends.</summary>
    public static ChatFinish FinishOf(string? word) =>
        word switch
        {
            "max_tokens" or "model_context_window_exceeded" => ChatFinish.Length,
            "tool_use" => ChatFinish.ToolCalls,
            "refusal" => ChatFinish.Filtered,
            _ => ChatFinish.Stop,
        };

    /// <summary>The tokens that the provider reports, over those that it reported before; null if it reports none.</summary>
    public static TokenUsage? UsageOf(JsonElement? usage, TokenUsage before)
    {
        if (usage is not { ValueKind: JsonValueKind.Object } told)
            return null;
        // All of the output, thoughts included.
        var output = told.Whole("output_tokens") ?? before.Output + before.Reasoning;
        var reasoning = Math.Min(told.Get("output_tokens_details")?.Whole("thinking_tokens") ?? before.Reasoning, output);
        return new TokenUsage(told.Whole("input_tokens") ?? before.Input, output - reasoning)
        {
            Reasoning = reasoning,
            CacheWrite = told.Whole("cache_creation_input_tokens") ?? before.CacheWrite,
            CachedInput = told.Whole("cache_read_input_tokens") ?? before.CachedInput,
        };
    }

    private static ChatPart? PartOf(JsonElement block) =>
        block.Text("type") switch
        {
            "text" => new TextPart(block.Text("text") ?? ""),
            "thinking" => new ThoughtPart(block.Text("thinking") ?? ""),
            "tool_use" when block.Text("name") == AnswerTool => new TextPart(block.Get("input")?.GetRawText() ?? "{}"),
            "tool_use" => new ToolCallPart(block.Text("id") ?? "", block.Text("name") ?? "", block.Get("input")?.GetRawText() ?? "{}"),
            _ => null,
        };

    private static void WriteSystem(Utf8JsonWriter json, ChatRequest request)
    {
        var texts = request.Messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text);
        if (request.Form == AnswerForm.Json || (request.Form == AnswerForm.Schema && request.Schema is null))
            texts = texts.Append("Answer with one JSON object and nothing else.");
        var system = string.Join("\n\n", texts);
        if (system.Length > 0)
            json.WriteString("system", system);
    }

    private static void WriteTools(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.Tools.IsEmpty && request.Schema is null)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools)
            WriteTool(json, tool.Name, tool.Description, tool.Parameters);
        if (request.Schema is { } schema)
            WriteTool(json, AnswerTool, "Gives the answer.", schema);
        json.WriteEndArray();
        json.WriteStartObject("tool_choice");
        json.WriteString("type", ChoiceOf(request));
        if (request.ToolChoice == ToolChoice.Named)
            json.WriteString("name", request.ToolName);
        else if (request.Schema is not null && request.Tools.IsEmpty)
            json.WriteString("name", AnswerTool);
        if (request.ParallelTools is { } parallel && request.ToolChoice != ToolChoice.None)
            json.WriteBoolean("disable_parallel_tool_use", !parallel);
        json.WriteEndObject();
    }

    private static string ChoiceOf(ChatRequest request) =>
        request.ToolChoice switch
        {
            ToolChoice.Named => "tool",
            ToolChoice.Required => "any",
            _ when request.Schema is not null => request.Tools.IsEmpty ? "tool" : "any",
            ToolChoice.None => "none",
            _ => "auto",
        };

    private static void WriteTool(Utf8JsonWriter json, string name, string? description, JsonElement? schema)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        if (description is not null)
            json.WriteString("description", description);
        json.WritePropertyName("input_schema");
        if (schema is { } given)
        {
            given.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
