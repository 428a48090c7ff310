using System.Collections.Immutable;
using System.Text.Json;

namespace Aios.Models.Wire.Responses;

/// <summary>Reads a request for a response. Source of the format: the API reference of OpenAI, "Create a model response".</summary>
internal static class ResponsesReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model",
        "input",
        "instructions",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "text",
        "temperature",
        "top_p",
        "max_output_tokens",
        "reasoning",
        "stream",
    };

    /// <exception cref="WireException">It is not in this format.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        if (body.Text("previous_response_id") is not null)
            throw new WireException("previous_response_id: AIOS keeps no conversations; send all of it as input.", "previous_response_id");
        var format = body.Get("text")?.Get("format");
        var choice = body.Get("tool_choice");
        return new ChatRequest
        {
            Messages = [.. InstructionsOf(body), .. InputOf(body)],
            Tools = [.. body.Items("tools").Select(ToolOf)],
            ToolChoice = ChoiceOf(choice),
            ToolName = choice?.Text("name"),
            ParallelTools = body.Flag("parallel_tool_calls"),
            Form = format?.Text("type") switch
            {
                "json_object" => AnswerForm.Json,
                "json_schema" => AnswerForm.Schema,
                _ => AnswerForm.Text,
            },
            Schema = format?.Get("schema"),
            SchemaName = format?.Text("name"),
            Temperature = body.Number("temperature"),
            TopP = body.Number("top_p"),
            MaxTokens = body.Count("max_output_tokens"),
            Effort = body.Get("reasoning")?.Text("effort"),
            Streams = body.Flag("stream") ?? false,
            StreamsUsage = true,
            Unknown = [.. body.EnumerateObject().Select(field => field.Name).Where(name => !Known.Contains(name))],
        };
    }

    private static IEnumerable<ChatMessage> InstructionsOf(JsonElement body) =>
        body.Text("instructions") is { Length: > 0 } text ? [new ChatMessage(ChatRole.System, [new TextPart(text)])] : [];

    private static List<ChatMessage> InputOf(JsonElement body) =>
        body.Get("input") switch
        {
            { ValueKind: JsonValueKind.String } text => [new ChatMessage(ChatRole.User, [new TextPart(Json.TextOf(text)!)])],
            { ValueKind: JsonValueKind.Array } list => Merged(list.EnumerateArray().Where(IsContent).Select(ItemOf)),
            _ => throw new WireException("input: found none, expected a text or a list of items.", "input"),
        };

    // It names what OpenAI keeps; AIOS keeps nothing, and the clients send the rest as well.
    private static bool IsContent(JsonElement item) => item.Text("type") is not ("item_reference" or "reasoning");

    // Each request for a tool is an item of its own here, and all those of one answer are one message elsewhere.
    private static List<ChatMessage> Merged(IEnumerable<ChatMessage> messages)
    {
        var merged = new List<ChatMessage>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Assistant && merged is [.., { Role: ChatRole.Assistant } last])
                merged[^1] = last with { Parts = [.. last.Parts, .. message.Parts] };
            else
                merged.Add(message);
        }

        return merged;
    }

    private static ChatMessage ItemOf(JsonElement item, int index) =>
        item.Text("type") switch
        {
            null or "message" => MessageOf(item, index),
            "function_call" => new ChatMessage(
                ChatRole.Assistant,
                [new ToolCallPart(item.Text("call_id") ?? "", item.Text("name") ?? "", item.Text("arguments") ?? "{}")]
            ),
            "function_call_output" => new ChatMessage(
                ChatRole.User,
                [new ToolResultPart(item.Text("call_id") ?? "", item.Text("output") ?? item.Get("output")?.GetRawText() ?? "", false)]
            ),
            var other => throw new WireException(
                $"input[{index}]: found an item of type \"{other}\", expected message, function_call, function_call_output or reasoning.",
                $"input[{index}].type"
            ),
        };

    private static ChatMessage MessageOf(JsonElement item, int index)
    {
        var role = item.Text("role") switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            var other => throw new WireException(
                $"input[{index}].role: found \"{other}\", expected one of system, developer, user, assistant.",
                $"input[{index}].role"
            ),
        };
        ImmutableArray<ChatPart> parts = item.Get("content") switch
        {
            { ValueKind: JsonValueKind.String } text => [new TextPart(Json.TextOf(text)!)],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(part => PartOf(part, index))],
            _ => [],
        };
        return new ChatMessage(role, parts);
    }

    private static ChatPart PartOf(JsonElement part, int index) =>
        part.Text("type") switch
        {
            "input_text" or "output_text" or "text" => new TextPart(part.Text("text") ?? ""),
            "refusal" => new TextPart(part.Text("refusal") ?? ""),
            "input_image" => ImagePart.At(part.Text("image_url") ?? ""),
            var other => throw new WireException(
                $"input[{index}].content: found a part of type \"{other}\", expected input_text or input_image.",
                $"input[{index}].content"
            ),
        };

    private static ToolDefinition ToolOf(JsonElement tool, int index)
    {
        if (tool.Text("type") != "function" || tool.Text("name") is not { Length: > 0 } name)
            throw new WireException(
                $"tools[{index}]: found a tool of type \"{tool.Text("type")}\", expected {{\"type\": \"function\", \"name\": ...}}.",
                $"tools[{index}]"
            );
        return new ToolDefinition(name, tool.Text("description"), tool.Get("parameters"));
    }

    private static ToolChoice ChoiceOf(JsonElement? choice) =>
        choice switch
        {
            { ValueKind: JsonValueKind.Object } => ToolChoice.Named,
            { ValueKind: JsonValueKind.String } word when Json.TextOf(word) == "none" => ToolChoice.None,
            { ValueKind: JsonValueKind.String } word when Json.TextOf(word) == "required" => ToolChoice.Required,
            _ => ToolChoice.Auto,
        };
}
