using System.Text.Json;

namespace Aios.Models.Wire.Anthropic;

/// <summary>Writes what was said as Anthropic has it: user and assistant take turns, and the first is the user.</summary>
internal static class AnthropicMessages
{
    /// <summary>Writes <c>messages</c>.</summary>
    public static void Write(Utf8JsonWriter json, ChatRequest request)
    {
        json.WriteStartArray("messages");
        foreach (var (role, parts) in ChatTurns.Of(request))
        {
            json.WriteStartObject();
            json.WriteString("role", role == ChatRole.User ? "user" : "assistant");
            json.WriteStartArray("content");
            foreach (var part in parts)
                WritePart(json, part);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, ChatPart part)
    {
        json.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case ImagePart image:
                json.WriteString("type", "image");
                WriteSource(json, image);
                break;
            case ToolCallPart call:
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawObject(call.ArgumentsJson);
                break;
            case ToolResultPart result:
                json.WriteString("type", "tool_result");
                json.WriteString("tool_use_id", result.CallId);
                json.WriteString("content", result.Text);
                if (result.IsError)
                    json.WriteBoolean("is_error", true);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, ImagePart image)
    {
        json.WriteStartObject("source");
        json.WriteString("type", image.Url is null ? "base64" : "url");
        if (image.Url is { } url)
        {
            json.WriteString("url", url);
        }
        else
        {
            json.WriteString("media_type", image.MediaType);
            json.WriteString("data", image.Base64);
        }

        json.WriteEndObject();
    }
}
