using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Wire.OpenAi;

/// <summary>
/// Reads a request for a chat completion. Source of the format: the API reference of OpenAI, "Create chat completion".
/// </summary>
internal static class ChatCompletionReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model",
        "messages",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "response_format",
        "temperature",
        "top_p",
        "max_tokens",
        "max_completion_tokens",
        "stop",
        "seed",
        "reasoning_effort",
        "stream",
        "stream_options",
    };

    /// <exception cref="WireException">It is not in this format.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        if (body.Get("messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() == 0)
            throw new WireException(
                "messages: found none, expected a list of messages such as [{\"role\": \"user\", \"content\": \"Hello\"}].",
                "messages"
            );
        var (choice, tool) = ChoiceOf(body);
        var format = body.Get("response_format");
        var schema = format?.Get("json_schema");
        return new ChatRequest
        {
            Messages = [.. messages.EnumerateArray().Select(MessageOf)],
            Tools = [.. body.Items("tools").Select(ToolOf)],
            ToolChoice = choice,
            ToolName = tool,
            ParallelTools = body.Flag("parallel_tool_calls"),
            Form = FormOf(format),
            Schema = schema?.Get("schema"),
            SchemaName = schema?.Text("name"),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            MaxTokens = LimitOf(body),
            Answers = body.Count("n") ?? 1,
            Stop = StopOf(body),
            Seed = body.Whole("seed"),
            Effort = body.Text("reasoning_effort"),
            Streams = body.Flag("stream") ?? false,
            StreamsUsage = body.Get("stream_options")?.Flag("include_usage") ?? false,
            Unknown = [.. body.EnumerateObject().Select(field => field.Name).Where(name => !Known.Contains(name))],
        };
    }

    // Providers differ in which of both names counts.
    private static int? LimitOf(JsonElement body) =>
        (Json.Count(body, "max_completion_tokens"), Json.Count(body, "max_tokens")) switch
        {
            ({ } first, { } second) => Math.Max(first, second),
            var (first, second) => first ?? second,
        };

    private static ChatMessage MessageOf(JsonElement message, int index)
    {
        var role = message.Text("role");
        return role switch
        {
            "system" or "developer" => new ChatMessage(ChatRole.System, PartsOf(message, index)),
            "user" => new ChatMessage(ChatRole.User, PartsOf(message, index)),
            "assistant" => new ChatMessage(ChatRole.Assistant, [.. PartsOf(message, index), .. CallsOf(message)]),
            "tool" => new ChatMessage(
                ChatRole.User,
                [
                    new ToolResultPart(
                        message.Text("tool_call_id") ?? "",
                        string.Concat(PartsOf(message, index).OfType<TextPart>().Select(part => part.Text)),
                        false
                    ),
                ]
            ),
            _ => throw new WireException(
                $"messages[{index}].role: found \"{role}\", expected one of system, developer, user, assistant, tool.",
                $"messages[{index}].role"
            ),
        };
    }

    private static ImmutableArray<ChatPart> PartsOf(JsonElement message, int index)
    {
        if (message.Get("content") is not { } content)
            return [];
        return content.ValueKind switch
        {
            JsonValueKind.String => [new TextPart(Json.TextOf(content)!)],
            JsonValueKind.Array => [.. content.EnumerateArray().Select(part => PartOf(part, index))],
            _ => throw new WireException($"messages[{index}].content: expected a text or a list of parts.", $"messages[{index}].content"),
        };
    }

    private static ChatPart PartOf(JsonElement part, int index) =>
        part.Text("type") switch
        {
            "text" => new TextPart(part.Text("text") ?? ""),
            "refusal" => new TextPart(part.Text("refusal") ?? ""),
            "image_url" => ImagePart.At(part.Get("image_url")?.Text("url") ?? ""),
            var other => throw new WireException(
                $"messages[{index}].content: found a part of type \"{other}\", expected text or image_url.",
                $"messages[{index}].content"
            ),
        };

    private static IEnumerable<ChatPart> CallsOf(JsonElement message) =>
        from call in message.Items("tool_calls")
        let function = call.Get("function")
        where function is not null
        select new ToolCallPart(call.Text("id") ?? "", function.Value.Text("name") ?? "", function.Value.Text("arguments") ?? "{}");

    private static ToolDefinition ToolOf(JsonElement tool, int index)
    {
        if (tool.Get("function") is not { } function || function.Text("name") is not { Length: > 0 } name)
            throw new WireException(
                $"tools[{index}]: expected {{\"type\": \"function\", \"function\": {{\"name\": ...}}}}.",
                $"tools[{index}]"
            );
        return new ToolDefinition(name, function.Text("description"), function.Get("parameters"));
    }

    private static (ToolChoice Choice, string? Name) ChoiceOf(JsonElement body) =>
        body.Get("tool_choice") is not { } choice ? (ToolChoice.Auto, null)
        : choice.ValueKind == JsonValueKind.Object ? (ToolChoice.Named, choice.Get("function")?.Text("name"))
        : Json.TextOf(choice) switch
        {
            "none" => (ToolChoice.None, null),
            "required" => (ToolChoice.Required, null),
            _ => (ToolChoice.Auto, null),
        };

    private static AnswerForm FormOf(JsonElement? format) =>
        format?.Text("type") switch
        {
            "json_object" => AnswerForm.Json,
            "json_schema" => AnswerForm.Schema,
            _ => AnswerForm.Text,
        };

    private static ImmutableArray<string> StopOf(JsonElement body) =>
        body.Get("stop") is not { } stop ? []
        : stop.ValueKind == JsonValueKind.String ? [Json.TextOf(stop)!]
        : [.. body.Items("stop").Where(item => item.ValueKind == JsonValueKind.String).Select(item => Json.TextOf(item)!)];
}
