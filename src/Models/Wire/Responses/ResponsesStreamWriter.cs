using System.Buffers;
using System.Text;
using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Wire.Responses;

/// <summary>Writes a response piece by piece: items one after another, each added, filled and done.</summary>
internal sealed class ResponsesStreamWriter(AnswerHead head) : IStreamWriter
{
    private readonly List<ResponseItem> _done = [];
    private readonly StringBuilder _text = new();
    private ResponseItem? _open;
    private int _openCall = -1;
    private ChatFinish _finish;
    private TokenUsage? _usage;
    private long _sequence;
    private bool _hasBegun;

    private int Index => _done.Count;

    /// <inheritdoc />
    public void Write(ChatDelta delta, IBufferWriter<byte> output)
    {
        switch (delta)
        {
            case TextDelta text:
                OpenMessage(output);
                _text.Append(text.Text);
                More(output, "response.output_text.delta", text.Text, isText: true);
                break;
            case ToolCallDelta call:
                OpenCall(call, output);
                break;
            case ArgumentsDelta arguments when arguments.Index == _openCall:
                _text.Append(arguments.Json);
                More(output, "response.function_call_arguments.delta", arguments.Json, isText: false);
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
        var type = _finish is ChatFinish.Length or ChatFinish.Filtered ? "response.incomplete" : "response.completed";
        Event(output, type, json => WriteResponse(json, _finish));
    }

    /// <inheritdoc />
    public void Fail(GatewayError error, IBufferWriter<byte> output) => Event(output, "error", json =>
        {
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WriteNull("param");
        });

    private void Begin(IBufferWriter<byte> output)
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        Event(output, "response.created", json => WriteResponse(json, null));
        Event(output, "response.in_progress", json => WriteResponse(json, null));
    }

    private void OpenMessage(IBufferWriter<byte> output)
    {
        if (_open is { Tool: null })
            return;
        Add(ResponseItem.Message(head, Index, "", isDone: false), output);
        Event(output, "response.content_part.added", json =>
        {
            WritePlace(json, isText: true);
            json.WritePropertyName("part");
            ResponseItem.WriteText(json, "");
        });
    }

    private void OpenCall(ToolCallDelta call, IBufferWriter<byte> output)
    {
        var part = new ToolCallPart(call.Id, call.Name, "");
        Add(ResponseItem.Call(head, Index + 1, part, isDone: false), output);
        _openCall = call.Index;
    }

    private void Add(ResponseItem item, IBufferWriter<byte> output)
    {
        Begin(output);
        Close(output);
        _open = item;
        _text.Clear();
        Event(output, "response.output_item.added", json => WriteItem(json, item));
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (_open is null)
            return;
        var text = _text.ToString();
        var item = _open with { Text = text, IsDone = true };
        if (item.Tool is null)
            EndText(output, text);
        else
            EndArguments(output, text);
        Event(output, "response.output_item.done", json => WriteItem(json, item));
        _done.Add(item);
        _open = null;
        _openCall = -1;
    }

    private void EndText(IBufferWriter<byte> output, string text)
    {
        Event(output, "response.output_text.done", json =>
        {
            WritePlace(json, isText: true);
            json.WriteString("text", text);
        });
        Event(output, "response.content_part.done", json =>
        {
            WritePlace(json, isText: true);
            json.WritePropertyName("part");
            ResponseItem.WriteText(json, text);
        });
    }

    private void EndArguments(IBufferWriter<byte> output, string text) => Event(output, "response.function_call_arguments.done", json =>
        {
            WritePlace(json, isText: false);
            json.WriteString("arguments", text);
        });

    private void More(IBufferWriter<byte> output, string type, string delta, bool isText) => Event(output, type, json =>
        {
            WritePlace(json, isText);
            json.WriteString("delta", delta);
        });

    private void WritePlace(Utf8JsonWriter json, bool isText)
    {
        json.WriteString("item_id", _open!.Id);
        json.WriteNumber("output_index", Index);
        if (isText)
            json.WriteNumber("content_index", 0);
    }

    private void WriteItem(Utf8JsonWriter json, ResponseItem item)
    {
        json.WriteNumber("output_index", Index);
        json.WritePropertyName("item");
        item.Write(json);
    }

    private void WriteResponse(Utf8JsonWriter json, ChatFinish? finish)
    {
        json.WritePropertyName("response");
        ResponsesWire.WriteResponse(json, head, _done, finish, _usage);
    }

    private void Event(IBufferWriter<byte> output, string type, Action<Utf8JsonWriter> content) => SseWriter.Write(output, type, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteNumber("sequence_number", _sequence++);
            content(json);
            json.WriteEndObject();
        });
}
