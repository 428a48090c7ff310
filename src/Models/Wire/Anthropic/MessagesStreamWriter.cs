using System.Buffers;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Anthropic;

/// <summary>Writes an answer piece by piece: blocks one after another, each begun, filled and ended.</summary>
internal sealed class MessagesStreamWriter(MessagesWire wire, AnswerHead head) : IStreamWriter
{
    private bool _hasBegun;
    private int _block = -1;
    private string _open = "";
    private ChatFinish _finish;
    private TokenUsage _usage;

    /// <inheritdoc />
    public void Write(ChatDelta delta, IBufferWriter<byte> output)
    {
        switch (delta)
        {
            case TextDelta text:
                Open("text", output, json => json.WriteString("text", ""));
                WriteDelta(output, "text_delta", "text", text.Text);
                break;
            case ThoughtDelta thought:
                Open("thinking", output, WriteEmptyThought);
                WriteDelta(output, "thinking_delta", "thinking", thought.Text);
                break;
            case ToolCallDelta call:
                Open($"tool_use {call.Index}", output, json => WriteCall(json, call));
                break;
            case ArgumentsDelta arguments:
                WriteDelta(output, "input_json_delta", "partial_json", arguments.Json);
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
        Begin(output);
        Close(output);
        Event(output, "message_delta", WriteEnd);
        Event(output, "message_stop", static _ => { });
    }

    /// <inheritdoc />
    public void Fail(GatewayError error, IBufferWriter<byte> output) =>
        SseWriter.Write(output, "error", json => wire.WriteError(json, error));

    private void Begin(IBufferWriter<byte> output)
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        Event(output, "message_start", WriteStart);
    }

    private void Open(string kind, IBufferWriter<byte> output, Action<Utf8JsonWriter> content)
    {
        Begin(output);
        if (_open == kind)
            return;
        Close(output);
        _open = kind;
        _block++;
        Event(output, "content_block_start", json =>
        {
            json.WriteNumber("index", _block);
            json.WriteStartObject("content_block");
            json.WriteString("type", kind.Split(' ')[0]);
            content(json);
            json.WriteEndObject();
        });
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (_open.Length > 0)
            Event(output, "content_block_stop", json => json.WriteNumber("index", _block));
        _open = "";
    }

    private void WriteDelta(IBufferWriter<byte> output, string type, string name, string value) =>
        Event(output, "content_block_delta", json =>
        {
            json.WriteNumber("index", _block);
            json.WriteStartObject("delta");
            json.WriteString("type", type);
            json.WriteString(name, value);
            json.WriteEndObject();
        });

    private void WriteStart(Utf8JsonWriter json)
    {
        json.WriteStartObject("message");
        MessagesWire.WriteHead(json, head);
        json.WriteStartArray("content");
        json.WriteEndArray();
        json.WriteNull("stop_reason");
        json.WriteNull("stop_sequence");
        MessagesWire.WriteUsage(json, _usage);
        json.WriteEndObject();
    }

    private void WriteEnd(Utf8JsonWriter json)
    {
        json.WriteStartObject("delta");
        json.WriteString("stop_reason", MessagesWire.WordOf(_finish));
        json.WriteNull("stop_sequence");
        json.WriteEndObject();
        MessagesWire.WriteUsage(json, _usage);
    }

    private static void WriteCall(Utf8JsonWriter json, ToolCallDelta call)
    {
        json.WriteString("id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteStartObject("input");
        json.WriteEndObject();
    }

    private static void WriteEmptyThought(Utf8JsonWriter json)
    {
        json.WriteString("thinking", "");
        json.WriteString("signature", "");
    }

    private static void Event(IBufferWriter<byte> output, string type, Action<Utf8JsonWriter> content) =>
        SseWriter.Write(output, type, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            content(json);
            json.WriteEndObject();
        });
}
