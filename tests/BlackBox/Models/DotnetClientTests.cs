using System.ClientModel;
using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;

namespace Aios.Tests.BlackBox;

/// <summary>The vendors' own packages for .NET, unchanged, with providers of each kind behind the gateway.</summary>
public sealed class DotnetClientTests(DotnetClientTests.Shared shared) : IClassFixture<DotnetClientTests.Shared>
{
    private const string Question = "Which weather does it have? 東京 🙂";
    private const string FiveWords = "w1 w2 w3 w4 w5";
    private const string City = """
        {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"], "additionalProperties": false}
        """;

    private static readonly string[] Behaviours = ["echo", "words-5", "tool", "json", "fail-429"];

    public static TheoryData<string> Kinds => [.. ModelHome.Kinds];

    [RequiresTheory(Need.Node)]
    [MemberData(nameof(Kinds))]
    public async Task That_of_OpenAI_needs_no_change(string kind)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(shared.Home.Client.Address, "/v1"),
            RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0),
        };
        var client = new OpenAIClient(new ApiKeyCredential(ModelHome.Key), options);
        ChatClient With(string behaviour) => client.GetChatClient($"{kind}-{behaviour}");

        ChatCompletion whole = await With("echo").CompleteChatAsync([new SystemChatMessage("Be short."), new UserChatMessage(Question)]);
        Assert.Equal((Question, ChatFinishReason.Stop), (whole.Content[0].Text, whole.FinishReason));
        Assert.True(whole.Usage.InputTokenCount > 5 && whole.Usage.OutputTokenCount > 3);

        var (text, finish, output) = (new StringBuilder(), (ChatFinishReason?)null, 0);
        await foreach (var update in With("words-5").CompleteChatStreamingAsync([new UserChatMessage(Question)]))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            (finish, output) = (update.FinishReason ?? finish, update.Usage?.OutputTokenCount ?? output);
        }

        Assert.Equal((FiveWords, ChatFinishReason.Stop, 5), (text.ToString(), finish, output));

        var tools = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("weather", "The weather of a city.", BinaryData.FromString(City)) },
        };
        List<OpenAI.Chat.ChatMessage> messages = [new UserChatMessage(Question)];
        ChatCompletion asked = await With("tool").CompleteChatAsync(messages, tools);
        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        var call = Assert.Single(asked.ToolCalls);
        Assert.Equal(("weather", "Berlin"), (call.FunctionName, CityOf(call.FunctionArguments.ToString())));
        messages.AddRange([new AssistantChatMessage(asked), new ToolChatMessage(call.Id, "It rains.")]);
        ChatCompletion told = await With("tool").CompleteChatAsync(messages, tools);
        Assert.Equal("The tool said: It rains.", told.Content[0].Text);

        var schema = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("city", BinaryData.FromString(City), jsonSchemaIsStrict: true),
        };
        ChatCompletion json = await With("json").CompleteChatAsync([new UserChatMessage(Question)], schema);
        Assert.Equal("Berlin", CityOf(json.Content[0].Text));

        var refused = await Assert.ThrowsAsync<ClientResultException>(() => With("fail-429").CompleteChatAsync("Go on."));
        Assert.Equal(429, refused.Status);
    }

    [RequiresTheory(Need.Node)]
    [MemberData(nameof(Kinds))]
    public async Task That_of_Anthropic_needs_no_change(string kind)
    {
        using var client = new AnthropicClient
        {
            BaseUrl = shared.Home.Client.Address.ToString().TrimEnd('/'),
            ApiKey = ModelHome.Key,
            MaxRetries = 0,
        };
        MessageCreateParams To(string behaviour, params MessageParam[] messages) =>
            new()
            {
                Model = $"{kind}-{behaviour}",
                MaxTokens = 500,
                Messages = messages.Length > 0 ? messages : [new UserMessageParam { Content = Question }],
            };

        var whole = await client.Messages.Create(To("echo") with { System = "Be short." });
        Assert.Equal((Question, StopReason.EndTurn), (TextOf(whole), whole.StopReason!.Value()));
        Assert.True(whole.Usage.InputTokens > 5 && whole.Usage.OutputTokens > 3);

        var (text, stop, output) = (new StringBuilder(), (StopReason?)null, 0L);
        await foreach (var each in client.Messages.CreateStreaming(To("words-5")))
        {
            if (each.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
                text.Append(piece.Text);
            if (each.TryPickDelta(out var end))
                (stop, output) = (end.Delta.StopReason?.Value() ?? stop, end.Usage.OutputTokens);
        }

        Assert.Equal((FiveWords, StopReason.EndTurn, 5), (text.ToString(), stop, output));

        var schema = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(City)!;
        var tool = new Tool
        {
            Name = "weather",
            Description = "The weather of a city.",
            InputSchema = InputSchema.FromRawUnchecked(schema),
        };
        var asked = await client.Messages.Create(To("tool") with { Tools = [tool] });
        Assert.Equal(StopReason.ToolUse, asked.StopReason!.Value());
        var call = Assert.Single(asked.Content, block => block.TryPickToolUse(out _));
        Assert.True(call.TryPickToolUse(out var use));
        Assert.Equal(("weather", "Berlin"), (use.Name, use.Input["city"].GetString()));
        var told = await client.Messages.Create(
            To(
                "tool",
                new UserMessageParam { Content = Question },
                new AssistantMessageParam
                {
                    Content = new List<ContentBlockParam>
                    {
                        new ToolUseBlockParam
                        {
                            ID = use.ID,
                            Name = use.Name,
                            Input = use.Input,
                        },
                    },
                },
                new UserMessageParam
                {
                    Content = new List<ContentBlockParam>
                    {
                        new ToolResultBlockParam { ToolUseID = use.ID, Content = "It rains." },
                    },
                }
            ) with
            {
                Tools = [tool],
            }
        );
        Assert.Equal("The tool said: It rains.", TextOf(told));

        var json = await client.Messages.Create(
            To("json") with
            {
                OutputConfig = new OutputConfig { Format = new JsonOutputFormat { Schema = schema } },
            }
        );
        Assert.Equal("Berlin", CityOf(TextOf(json)));

        var refused = await Assert.ThrowsAsync<Anthropic.Exceptions.AnthropicRateLimitException>(() =>
            client.Messages.Create(To("fail-429"))
        );
        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    private static string CityOf(string json) => JsonDocument.Parse(json).RootElement.GetProperty("city").GetString()!;

    private static string TextOf(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));

    /// <summary>One daemon for all.</summary>
    public sealed class Shared : IDisposable
    {
        private readonly FakeProviders? _providers;
        private readonly ModelHome? _home;

        public Shared()
        {
            if (Needs.WhatIsMissing(Need.Node) is not null)
                return;
            _providers = new FakeProviders();
            _home = new ModelHome(_providers);
            foreach (var kind in ModelHome.Kinds)
            foreach (var behaviour in Behaviours)
                _home.AddModel($"{kind}-{behaviour}", kind, $"{behaviour}@{kind}");
            _home.Start();
        }

        internal ModelHome Home => _home!;

        /// <inheritdoc />
        public void Dispose()
        {
            _home?.Dispose();
            _providers?.Dispose();
        }
    }
}
