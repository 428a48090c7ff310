using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Tests.Models.Wire;

/// <summary>A stream of each provider is the same stream to each client.</summary>
public sealed class StreamTests
{
    private static readonly (string, string)[] OfOpenAi =
    [
        ("", """{"choices":[],"prompt_filter_results":[]}"""),
        ("", """{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"""),
        ("", """{"choices":[{"index":0,"delta":{"content":"Grüße "}}]}"""),
        ("", """{"choices":[{"index":0,"delta":{"content":"€"}}]}"""),
        ("", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look"}}]}}]}"""),
        ("", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"at\""}}]}}]}"""),
        ("", """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}"""),
        ("", """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""),
        ("", """{"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":10}}}"""),
        ("", "[DONE]"),
    ];

    private static readonly (string, string)[] OfAnthropic =
    [
        (
            "message_start",
            """{"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":10,"output_tokens":1}}}"""
        ),
        ("ping", """{"type":"ping"}"""),
        ("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
        ("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüße "}}"""),
        ("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"€"}}"""),
        ("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        (
            "content_block_start",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c1","name":"look","input":{}}}"""
        ),
        ("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}"""),
        (
            "content_block_delta",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"at\""}}"""
        ),
        ("content_block_delta", """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":":1}"}}"""),
        ("content_block_stop", """{"type":"content_block_stop","index":1}"""),
        ("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":7}}"""),
        ("message_stop", """{"type":"message_stop"}"""),
    ];

    private static readonly (string, string)[] OfGemini =
    [
        ("", """{"candidates":[{"content":{"parts":[{"text":"Grüße "}]}}],"usageMetadata":{"promptTokenCount":30}}"""),
        ("", """{"candidates":[{"content":{"parts":[{"text":"€"}]}}]}"""),
        ("", """{"candidates":[{"content":{"parts":[{"functionCall":{"id":"c1","name":"look","args":{"at":1}}}]}}]}"""),
        (
            "",
            """{"candidates":[{"finishReason":"STOP"}],"""
                + """ "usageMetadata":{"promptTokenCount":30,"cachedContentTokenCount":10,"candidatesTokenCount":7 }}"""
        ),
    ];

    [Theory]
    [InlineData("OpenAi")]
    [InlineData("Anthropic")]
    [InlineData("Gemini")]
    public void Chat_completions(string kind)
    {
        var chunks = Data(Stream(kind, "chat")).ToList();
        Assert.Equal("[DONE]", chunks[^1]);
        var parsed = chunks[..^1].Select(WireRig.Parse).ToList();
        var deltas = parsed.SelectMany(chunk => chunk.Items("choices")).ToList();
        Assert.Equal("assistant", deltas[0].Get("delta")!.Value.Text("role"));
        Assert.Equal("Grüße €", string.Concat(deltas.Select(delta => delta.Get("delta")!.Value.Text("content"))));
        var calls = deltas.SelectMany(delta => delta.Get("delta")!.Value.Items("tool_calls")).ToList();
        Assert.Equal("look", calls[0].Get("function")!.Value.Text("name"));
        Assert.Equal("{\"at\":1}", string.Concat(calls.Select(call => call.Get("function")!.Value.Text("arguments"))));
        Assert.Equal("tool_calls", deltas[^1].Text("finish_reason"));
        var usage = parsed[^1].Get("usage")!.Value;
        Assert.Equal((30, 7), (usage.Whole("prompt_tokens"), usage.Whole("completion_tokens")));
    }

    [Theory]
    [InlineData("OpenAi")]
    [InlineData("Anthropic")]
    [InlineData("Gemini")]
    public void Messages(string kind)
    {
        var events = Data(Stream(kind, "messages")).Select(WireRig.Parse).ToList();
        Assert.Equal("message_start", events[0].Text("type"));
        Assert.Equal("message_stop", events[^1].Text("type"));
        Assert.Equal(
            ["text", "tool_use"],
            Of(events, "content_block_start").Select(start => start.Get("content_block")!.Value.Text("type"))
        );
        Assert.Equal(2, Of(events, "content_block_stop").Count());
        var deltas = Of(events, "content_block_delta").Select(delta => delta.Get("delta")!.Value).ToList();
        Assert.Equal("Grüße €", string.Concat(deltas.Select(delta => delta.Text("text"))));
        Assert.Equal("{\"at\":1}", string.Concat(deltas.Select(delta => delta.Text("partial_json"))));
        var end = Of(events, "message_delta").Single();
        Assert.Equal("tool_use", end.Get("delta")!.Value.Text("stop_reason"));
        Assert.Equal((20, 10, 7), (Usage(end, "input_tokens"), Usage(end, "cache_read_input_tokens"), Usage(end, "output_tokens")));
    }

    [Theory]
    [InlineData("OpenAi")]
    [InlineData("Anthropic")]
    [InlineData("Gemini")]
    public void Responses(string kind)
    {
        var events = Data(Stream(kind, "responses")).Select(WireRig.Parse).ToList();
        Assert.Equal(
            Enumerable.Range(0, events.Count).Select(number => (long?)number),
            events.Select(read => read.Whole("sequence_number"))
        );
        Assert.Equal("Grüße €", string.Concat(Of(events, "response.output_text.delta").Select(delta => delta.Text("delta"))));
        Assert.Equal("{\"at\":1}", Of(events, "response.function_call_arguments.done").Single().Text("arguments"));
        var response = events[^1].Get("response")!.Value;
        Assert.Equal("completed", response.Text("status"));
        Assert.Equal(["message", "function_call"], response.Items("output").Select(item => item.Text("type")));
        Assert.Equal((30, 7), (Usage(response, "input_tokens"), Usage(response, "output_tokens")));
    }

    [Theory]
    [InlineData("OpenAi", """{"error":{"message":"overloaded"}}""")]
    [InlineData("Anthropic", """{"type":"error","error":{"type":"overloaded_error","message":"overloaded"}}""")]
    [InlineData("Gemini", """{"error":{"code":503,"message":"overloaded"}}""")]
    [InlineData("OpenAi", "<html>")]
    [InlineData("OpenAi", "[1]")]
    public void An_error_of_a_stream_is_an_error(string kind, string data)
    {
        var reader = WireFormats.Of(Enum.Parse<ProviderKind>(kind)).OpenStream();
        Assert.Throws<ProviderErrorException>(() => reader.Read(new ServerEvent("", System.Text.Encoding.UTF8.GetBytes(data))));
        Assert.False(reader.IsComplete);
    }

    private static string Stream(string kind, string client) =>
        WireRig.Stream(
            Enum.Parse<ProviderKind>(kind),
            kind == "OpenAi" ? OfOpenAi
                : kind == "Anthropic" ? OfAnthropic
                : OfGemini,
            client
        );

    private static IEnumerable<string> Data(string stream) =>
        stream.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..]);

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> events, string type) =>
        events.Where(read => read.Text("type") == type);

    private static long? Usage(JsonElement element, string name) => element.Get("usage")!.Value.Whole(name);
}
