using System.Buffers;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.OpenAi;

/// <summary>Writes an answer piece by piece, as "chat.completion.chunk".</summary>
/// <param name="head">What each piece says.</param>
/// <param name="withUsage">Whether the last piece tells the tokens.</param>
internal sealed class ChatCompletionStreamWriter(AnswerHead head, bool withUsage) : IStreamWriter
{
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();
    private bool _hasBegun;
    private ChatFinish? _finish;
    private TokenUsage? _usage;

    /// <inheritdoc />
    public void Write(ChatDelta delta, IBufferWriter<byte> output)
    {
        switch (delta)
        {
            case TextDelta text:
                WriteChunk(output, json => json.WriteString("content", text.Text));
                break;
            case ThoughtDelta thought:
                WriteChunk(output, json => json.WriteString("reasoning_content", thought.Text));
                break;
            case ToolCallDelta call:
                WriteChunk(output, json => WriteCall(json, call.Index, call.Id, call.Name, ""));
                break;
            case ArgumentsDelta arguments:
                WriteChunk(output, json => WriteCall(json, arguments.Index, null, null, arguments.Json));
                break;
            case FinishDelta finish:
                _finish = finish.Finish;
                break;
            case UsageDelta usage:
                _usage = usage.Usage;
                break;
        }
    }

    /// <inheritdoc />
    public void End(IBufferWriter<byte> output)
    {
        WriteChunk(output, static _ => { }, ChatCompletionsWire.WordOf(_finish ?? ChatFinish.Stop));
        if (withUsage && _usage is { } usage)
            SseWriter.Write(output, "", json => WriteUsage(json, usage));
        output.Write(Done);
    }

    /// <inheritdoc />
    public void Fail(GatewayError error, IBufferWriter<byte> output) =>
        SseWriter.Write(output, "", json => OpenAiErrors.Write(json, error));

    private void WriteChunk(IBufferWriter<byte> output, Action<Utf8JsonWriter> content, string? finish = null) =>
        SseWriter.Write(output, "", json =>
        {
            json.WriteStartObject();
            ChatCompletionsWire.WriteHead(json, head, "chat.completion.chunk");
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteNumber("index", 0);
            json.WriteStartObject("delta");
            if (!_hasBegun)
                json.WriteString("role", "assistant");
            _hasBegun = true;
            content(json);
            json.WriteEndObject();
            json.WriteString("finish_reason", finish);
            json.WriteEndObject();
            json.WriteEndArray();
            if (withUsage)
                json.WriteNull("usage");
            json.WriteEndObject();
        });

    private void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject();
        ChatCompletionsWire.WriteHead(json, head, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        ChatCompletionsWire.WriteUsage(json, usage);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, int index, string? id, string? name, string arguments)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        if (id is not null)
        {
            json.WriteString("id", id);
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (name is not null)
            json.WriteString("name", name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
