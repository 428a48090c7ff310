using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Tests.Models.Wire;

/// <summary>A whole answer of each provider is the same answer to each client, tokens included.</summary>
public sealed class AnswerTests
{
    private const string OfOpenAi = """
        {"choices": [{"message": {"role": "assistant", "content": "Hi", "tool_calls": [
           {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\"at\":1}"}}]}, "finish_reason": "tool_calls"}],
         "usage": {"prompt_tokens": 30, "completion_tokens": 12, "prompt_tokens_details": {"cached_tokens": 10},
           "completion_tokens_details": {"reasoning_tokens": 5}}}
        """;

    private const string OfGemini = """
        {"candidates": [{"content": {"parts": [{"text": "thinking", "thought": true}, {"text": "Hi"},
           {"functionCall": {"name": "look", "args": {"at": 1}}, "thoughtSignature": "U0lH"}]}, "finishReason": "STOP"}],
         "usageMetadata": {"promptTokenCount": 30, "cachedContentTokenCount": 10, "candidatesTokenCount": 7, "thoughtsTokenCount": 5}}
        """;

    [Theory]
    [InlineData("OpenAi", OfOpenAi)]
    [InlineData("Gemini", OfGemini)]
    public void Tokens_are_counted_once_each(string kind, string body)
    {
        var usage = WireFormats.Of(Enum.Parse<ProviderKind>(kind)).ReadAnswer(WireRig.Parse(body)).Usage;
        Assert.Equal(new TokenUsage(20, 7) { CachedInput = 10, Reasoning = 5 }, usage);
    }

    [Fact]
    public void Tokens_of_Anthropic_are_apart_already()
    {
        const string body = """
            {"content": [{"type": "text", "text": "Hi"}], "stop_reason": "end_turn",
             "usage": {"input_tokens": 20, "cache_read_input_tokens": 10, "cache_creation_input_tokens": 3, "output_tokens": 12}}
            """;
        var usage = WireFormats.Of(ProviderKind.Anthropic).ReadAnswer(WireRig.Parse(body)).Usage;
        Assert.Equal(new TokenUsage(20, 12) { CachedInput = 10, CacheWrite = 3 }, usage);
    }

    [Theory]
    [InlineData("OpenAi", OfOpenAi)]
    [InlineData("Gemini", OfGemini)]
    public void Text_and_tools_reach_each_client(string kind, string body)
    {
        var provider = Enum.Parse<ProviderKind>(kind);
        var chat = WireRig.Answer(provider, body, "chat").Items("choices").Single();
        Assert.Equal("Hi", chat.Get("message")!.Value.Text("content"));
        Assert.Equal("look", chat.Get("message")!.Value.Items("tool_calls").Single().Get("function")!.Value.Text("name"));
        Assert.Equal("tool_calls", chat.Text("finish_reason"));
        var message = WireRig.Answer(provider, body, "messages");
        Assert.Contains("tool_use", message.Items("content").Select(block => block.Text("type")));
        Assert.Equal("tool_use", message.Text("stop_reason"));
        Assert.Equal(20, message.Get("usage")!.Value.Whole("input_tokens"));
        var response = WireRig.Answer(provider, body, "responses");
        Assert.Equal(["message", "function_call"], response.Items("output").Select(item => item.Text("type")));
    }

    [Fact]
    public void The_signature_of_a_thought_comes_back_with_its_tool()
    {
        var call = WireRig
            .Answer(ProviderKind.Gemini, OfGemini, "chat")
            .Items("choices")
            .Single()
            .Get("message")!
            .Value.Items("tool_calls")
            .Single();
        var request = WireRig.Request(
            "chat",
            $$"""
            {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{{call.GetRawText()}}]},
              {"role": "tool", "tool_call_id": "{{call.Text("id")}}", "content": "a cat"}]}
            """,
            ProviderKind.Gemini
        );
        var part = request.Items("contents").ElementAt(1).Items("parts").Single();
        Assert.Equal("U0lH", part.Text("thoughtSignature"));
        Assert.Equal("look", request.Items("contents").Last().Items("parts").Single().Get("functionResponse")!.Value.Text("name"));
    }

    [Theory]
    [InlineData("OpenAi", "{}")]
    [InlineData("Anthropic", "{\"content\": 5}")]
    [InlineData("Gemini", "{\"candidates\": []}")]
    public void What_is_no_answer_is_told(string kind, string body) =>
        Assert.Equal(
            FailureKind.BadAnswer,
            Assert.Throws<ProviderErrorException>(() => WireFormats.Of(Enum.Parse<ProviderKind>(kind)).ReadAnswer(WireRig.Parse(body))).Kind
        );
}
