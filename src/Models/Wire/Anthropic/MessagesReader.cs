using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Wire.Anthropic;

/// <summary>Reads a request for a message. Source of the format: the API reference of Anthropic, "Create a Message".</summary>
internal static class MessagesReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model",
        "messages",
        "system",
        "max_tokens",
        "tools",
        "tool_choice",
        "temperature",
        "top_p",
        "stop_sequences",
        "stream",
        "output_config",
    };

    /// <exception cref="WireException">It is not in this format.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        if (body.Get("messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() == 0)
            throw new WireException(
                "messages: found none, expected a list of messages such as [{\"role\": \"user\", \"content\": \"Hello\"}].",
                "messages"
            );
        if (body.Count("max_tokens") is not { } most)
            throw new WireException("max_tokens: found none, expected the longest answer in tokens, at least 1.", "max_tokens");
        var choice = body.Get("tool_choice");
        var schema = body.Get("output_config")?.Get("format")?.Get("schema");
        return new ChatRequest
        {
            Form = schema is null ? AnswerForm.Text : AnswerForm.Schema,
            Schema = schema,
            Messages = [.. SystemOf(body), .. messages.EnumerateArray().Select(MessageOf)],
            Tools = [.. body.Items("tools").Select(ToolOf)],
            ToolChoice = ChoiceOf(choice),
            ToolName = choice?.Text("name"),
            ParallelTools = choice?.Flag("disable_parallel_tool_use") is { } disabled ? !disabled : null,
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            MaxTokens = most,
            Stop =
            [
                .. body.Items("stop_sequences").Where(item => item.ValueKind == JsonValueKind.String).Select(item => Json.TextOf(item)!),
            ],
            Streams = body.Flag("stream") ?? false,
            StreamsUsage = true,
            Unknown = [.. body.EnumerateObject().Select(field => field.Name).Where(name => !Known.Contains(name))],
        };
    }

    private static IEnumerable<ChatMessage> SystemOf(JsonElement body) =>
        body.Get("system") is { } system ? [new ChatMessage(ChatRole.System, PartsOf(system, "system"))] : [];

    private static ChatMessage MessageOf(JsonElement message, int index)
    {
        var field = $"messages[{index}]";
        var role = message.Text("role") switch
        {
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            var other => throw new WireException($"{field}.role: found \"{other}\", expected user or assistant.", $"{field}.role"),
        };
        return new ChatMessage(role, message.Get("content") is { } content ? PartsOf(content, field) : []);
    }

    private static ImmutableArray<ChatPart> PartsOf(JsonElement content, string field) =>
        content.ValueKind switch
        {
            JsonValueKind.String => [new TextPart(Json.TextOf(content)!)],
            JsonValueKind.Array => [.. content.EnumerateArray().Select(block => PartOf(block, field))],
            _ => throw new WireException($"{field}.content: expected a text or a list of blocks.", $"{field}.content"),
        };

    private static ChatPart PartOf(JsonElement block, string field) =>
        block.Text("type") switch
        {
            "text" => new TextPart(block.Text("text") ?? ""),
            "image" => ImageOf(block.Get("source")),
            "tool_use" => new ToolCallPart(block.Text("id") ?? "", block.Text("name") ?? "", block.Get("input")?.GetRawText() ?? "{}"),
            "tool_result" => new ToolResultPart(block.Text("tool_use_id") ?? "", ResultOf(block), block.Flag("is_error") ?? false),
            "thinking" => new ThoughtPart(block.Text("thinking") ?? ""),
            "redacted_thinking" => new ThoughtPart(""),
            var other => throw new WireException(
                $"{field}.content: found a block of type \"{other}\", expected text, image, tool_use, tool_result or thinking.",
                $"{field}.content"
            ),
        };

    private static ImagePart ImageOf(JsonElement? source) =>
        source?.Text("type") == "url"
            ? ImagePart.At(source.Value.Text("url") ?? "")
            : new ImagePart(null, source?.Text("media_type"), source?.Text("data") ?? "");

    private static string ResultOf(JsonElement block) =>
        block.Get("content") is not { } content ? ""
        : content.ValueKind == JsonValueKind.String ? Json.TextOf(content)!
        : string.Concat(block.Items("content").Select(part => part.Text("text") ?? ""));

    private static ToolDefinition ToolOf(JsonElement tool, int index) =>
        tool.Text("name") is { Length: > 0 } name
            ? new ToolDefinition(name, tool.Text("description"), tool.Get("input_schema"))
            : throw new WireException($"tools[{index}].name: found none, expected the name of the tool.", $"tools[{index}].name");

    private static ToolChoice ChoiceOf(JsonElement? choice) =>
        choice?.Text("type") switch
        {
            "any" => ToolChoice.Required,
            "tool" => ToolChoice.Named,
            "none" => ToolChoice.None,
            _ => ToolChoice.Auto,
        };
}
