using System.Text.Json;

namespace Aios.Models.Wire.Responses;

/// <summary>A part of a response: a message, or a request for a tool.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Tool">The request for a tool; null for a message.</param>
/// <param name="Text">The text of a message, or the arguments of a request.</param>
/// <param name="IsDone">Whether nothing more comes.</param>
internal sealed record ResponseItem(string Id, ToolCallPart? Tool, string Text, bool IsDone)
{
    /// <summary>A message.</summary>
    public static ResponseItem Message(AnswerHead head, int index, string text, bool isDone = true) =>
        new($"msg_aios_{head.Call}_{index}", null, text, isDone);

    /// <summary>A request for a tool.</summary>
    public static ResponseItem Call(AnswerHead head, int index, ToolCallPart call, bool isDone = true) =>
        new($"fc_aios_{head.Call}_{index}", call, call.ArgumentsJson, isDone);

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", Tool is null ? "message" : "function_call");
        json.WriteString("status", IsDone ? "completed" : "in_progress");
        if (Tool is not null)
        {
            json.WriteString("call_id", Tool.Id);
            json.WriteString("name", Tool.Name);
            json.WriteString("arguments", Text);
        }
        else
        {
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            if (IsDone)
                WriteText(json, Text);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a part with text.</summary>
    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
