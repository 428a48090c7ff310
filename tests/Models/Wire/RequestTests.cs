using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Tests.Models.Wire;

/// <summary>What a client asks is what a provider is asked, in its own format.</summary>
public sealed class RequestTests
{
    private const string Chat = """
        {"model": "default", "temperature": 1.5, "max_tokens": 99, "stop": "END", "seed": 4,
         "messages": [
           {"role": "system", "content": "Be brief."},
           {"role": "user", "content": [{"type": "text", "text": "What is this?"},
             {"type": "image_url", "image_url": {"url": "data:image/png;base64,QUJD"}}]},
           {"role": "assistant", "content": null, "tool_calls": [
             {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\"at\":1}"}},
             {"id": "c2", "type": "function", "function": {"name": "look", "arguments": ""}}]},
           {"role": "tool", "tool_call_id": "c1", "content": "a cat"},
           {"role": "tool", "tool_call_id": "c2", "content": "a dog"},
           {"role": "user", "content": "And?"}],
         "tools": [{"type": "function", "function": {"name": "look", "description": "Looks", "parameters": {"type": "object"}}}],
         "tool_choice": "required"}
        """;

    [Fact]
    public void Chat_becomes_messages_of_Anthropic()
    {
        var request = WireRig.Request("chat", Chat, ProviderKind.Anthropic);
        Assert.Equal("Be brief.", request.Text("system"));
        Assert.Equal(99, request.Whole("max_tokens"));
        Assert.Equal(1, request.Number("temperature"));
        Assert.Equal("any", request.Get("tool_choice")!.Value.Text("type"));
        var messages = request.Items("messages").ToList();
        Assert.Equal(["user", "assistant", "user"], messages.Select(message => message.Text("role")));
        Assert.Equal(["text", "image"], Types(messages[0]));
        Assert.Equal("QUJD", messages[0].Items("content").Last().Get("source")!.Value.Text("data"));
        Assert.Equal(["tool_use", "tool_use"], Types(messages[1]));
        Assert.Equal("{\"at\":1}", messages[1].Items("content").First().Get("input")!.Value.GetRawText());
        Assert.Equal("{}", messages[1].Items("content").Last().Get("input")!.Value.GetRawText());
        Assert.Equal(["tool_result", "tool_result", "text"], Types(messages[2]));
    }

    [Fact]
    public void Chat_becomes_contents_of_Gemini()
    {
        var request = WireRig.Request("chat", Chat, ProviderKind.Gemini);
        Assert.Equal("Be brief.", request.Get("systemInstruction")!.Value.Items("parts").First().Text("text"));
        Assert.Equal(99, request.Get("generationConfig")!.Value.Whole("maxOutputTokens"));
        Assert.Equal("ANY", request.Get("toolConfig")!.Value.Get("functionCallingConfig")!.Value.Text("mode"));
        var results = request
            .Items("contents")
            .SelectMany(content => content.Items("parts"))
            .Select(part => part.Get("functionResponse"))
            .OfType<JsonElement>();
        Assert.Equal(["look", "look"], results.Select(result => result.Text("name")));
    }

    [Fact]
    public void Messages_become_a_chat_of_OpenAI()
    {
        const string body = """
            {"model": "m", "max_tokens": 10, "system": [{"type": "text", "text": "Be brief."}], "stop_sequences": ["END"],
             "messages": [{"role": "user", "content": "Hi"},
               {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "look", "input": {"at": 1}}]},
               {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "a cat"}]},
                 {"type": "text", "text": "And?"}]}],
             "tools": [{"name": "look", "input_schema": {"type": "object"}}], "tool_choice": {"type": "tool", "name": "look"}}
            """;
        var request = WireRig.Request("messages", body, ProviderKind.OpenAi);
        Assert.Equal(["system", "user", "assistant", "tool", "user"], request.Items("messages").Select(message => message.Text("role")));
        Assert.Equal("t1", request.Items("messages").ElementAt(3).Text("tool_call_id"));
        Assert.Equal("look", request.Get("tool_choice")!.Value.Get("function")!.Value.Text("name"));
        Assert.Equal(10, request.Whole("max_tokens"));
    }

    [Fact]
    public void A_model_of_OpenAI_that_thinks_is_told_its_limit_by_another_name()
    {
        var request = WireRig.Request(
            "messages",
            """{"max_tokens": 10, "messages": [{"role": "user", "content": "Hi"}]}""",
            ProviderKind.OpenAi,
            "o3-mini"
        );
        Assert.Equal(10, request.Whole("max_completion_tokens"));
        Assert.Null(request.Whole("max_tokens"));
    }

    [Fact]
    public void Responses_become_a_chat()
    {
        const string body = """
            {"model": "m", "instructions": "Be brief.", "max_output_tokens": 10, "reasoning": {"effort": "low"},
             "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}]},
               {"type": "function_call", "call_id": "c1", "name": "look", "arguments": "{}"},
               {"type": "function_call_output", "call_id": "c1", "output": "a cat"}],
             "text": {"format": {"type": "json_schema", "name": "pet", "schema": {"type": "object"}}}}
            """;
        var request = WireRig.Request("responses", body, ProviderKind.OpenAi);
        Assert.Equal(["system", "user", "assistant", "tool"], request.Items("messages").Select(message => message.Text("role")));
        Assert.Equal("json_schema", request.Get("response_format")!.Value.Text("type"));
        Assert.Equal("low", request.Text("reasoning_effort"));
    }

    [Fact]
    public void A_schema_is_a_tool_of_Anthropic_and_its_arguments_are_the_answer()
    {
        const string body = """
            {"messages": [{"role": "user", "content": "Hi"}],
             "response_format": {"type": "json_schema", "json_schema": {"name": "pet", "schema": {"type": "object"}}}}
            """;
        var request = WireRig.Request("chat", body, ProviderKind.Anthropic);
        var tool = request.Items("tools").Single().Text("name");
        Assert.Equal(tool, request.Get("tool_choice")!.Value.Text("name"));
        var answer = WireRig.Answer(
            ProviderKind.Anthropic,
            $$$"""{"content": [{"type": "tool_use", "id": "t", "name": "{{{tool}}}", "input": {"a": 1}}], "stop_reason": "tool_use"}""",
            "chat"
        );
        var choice = answer.Items("choices").Single();
        Assert.Equal("{\"a\": 1}", choice.Get("message")!.Value.Text("content"));
        Assert.Equal("stop", choice.Text("finish_reason"));
    }

    [Theory]
    [InlineData("chat", "{}", "messages: found none")]
    [InlineData("chat", "{\"messages\": []}", "messages: found none")]
    [InlineData("chat", "{\"messages\": [{\"role\": \"robot\", \"content\": \"Hi\"}]}", "messages[0].role: found \"robot\"")]
    [InlineData("chat", "{\"messages\": [{\"role\": \"user\", \"content\": 5}]}", "messages[0].content")]
    [InlineData("chat", "{\"messages\": [1]}", "messages[0].role")]
    [InlineData("messages", "{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}", "max_tokens: found none")]
    [InlineData("messages", "{\"max_tokens\": 1, \"messages\": [{\"role\": \"system\", \"content\": \"Hi\"}]}", "messages[0].role")]
    [InlineData("responses", "{}", "input: found none")]
    [InlineData("responses", "{\"input\": \"Hi\", \"previous_response_id\": \"r\"}", "previous_response_id")]
    [InlineData("responses", "{\"input\": \"Hi\", \"tools\": [{\"type\": \"web_search\"}]}", "tools[0]")]
    public void A_request_that_is_not_in_the_format_is_told(string client, string body, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<WireException>(() => WireRig.Client(client).Read(WireRig.Parse(body))).Message,
            StringComparison.Ordinal
        );

    private static IEnumerable<string?> Types(JsonElement message) => message.Items("content").Select(block => block.Text("type"));
}
