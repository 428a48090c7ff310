using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>The ledger against the bill of the provider, over exchanges with tokens of all classes.</summary>
[Collection(Undisturbed.Name)]
public sealed class MoneyTests : IDisposable
{
    private const string Image =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static readonly string[] Behaviours =
    [
        "echo",
        "words-40",
        "think",
        "gpt-5-think",
        "cached",
        "tool-2",
        "json",
        "usage-beside",
        "cut-utf8",
    ];

    // No two classes of a model have the same price, and each model has others.
    private static readonly Dictionary<string, string> Prices = ModelHome
        .Kinds.SelectMany(kind => Behaviours.Select(behaviour => $"{behaviour}@{kind}"))
        .Select((name, index) => (Name: name, Price: PriceOf(index + 1)))
        .ToDictionary(pair => pair.Name, pair => pair.Price);

    private readonly FakeProviders _providers = new($"{{{string.Join(", ", Prices.Select(pair => $"\"{pair.Key}\": {pair.Value}"))}}}");
    private readonly ModelHome _home;

    public MoneyTests()
    {
        _home = new ModelHome(_providers);
        foreach (var kind in ModelHome.Kinds)
        foreach (var behaviour in Behaviours)
            _home.AddModel($"{kind}-{behaviour}", kind, $"{behaviour}@{kind}", Prices[$"{behaviour}@{kind}"]);
    }

    [RequiresFact(Need.Node)]
    public async Task The_ledger_and_the_bill_of_the_provider_are_the_same()
    {
        var exchanges = Needs.Long ? 2560 : 640;
        _home.Start();
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    while (Interlocked.Increment(ref next) is var number && number < exchanges)
                    {
                        var (format, model, body) = Exchange(number);
                        var answer = await _home.Client.SendAsync(format, body);
                        Assert.True(answer.Status == 200 && answer.Broken is null, $"{body}: {answer.Status} {answer.Body}");
                    }
                })
        );

        _home.Home.WaitFor(() => _home.Home.Get<int>("SELECT count(*) FROM calls") == exchanges, "all calls are in the ledger", 30);
        Assert.Equal(exchanges, _providers.Calls);
        foreach (var (name, model) in from kind in ModelHome.Kinds from each in Behaviours select ($"{each}@{kind}", $"{kind}-{each}"))
        {
            var charged = (double)_providers.CostOf(name);
            var recorded = _home.Home.Get<double>("SELECT sum(cost) FROM calls WHERE model = @1", model);
            Assert.True(
                Math.Abs(recorded - charged) <= charged / 1000,
                $"{model}: recorded {recorded}, charged {charged}\n{_providers.Bill()}"
            );
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _home.Dispose();
        _providers.Dispose();
    }

    private static string PriceOf(int number) =>
        $$"""
            {"input": {{number}}.15, "cached_input": 0.0{{number}}, "cache_write": {{number}}.375, "output": {{2 * number}}.6,
            "reasoning": {{3 * number}}.2, "image": 0.00{{number}}, "request": 0.000{{number}}}
            """.ReplaceLineEndings(" ");

    /// <summary>Each kind and behaviour with each format, streaming or not; each fifth has an image.</summary>
    private static (string Format, string Model, string Body) Exchange(int number)
    {
        if (number % 37 == 36)
            return (
                GatewayClient.Embeddings,
                "openai-echo",
                JsonSerializer.Serialize(new { model = "openai-echo", input = $"Text {number}" })
            );
        var kind = ModelHome.Kinds[number % 4];
        var behaviour = Behaviours[number / 4 % Behaviours.Length];
        var format = number / 36 % 2 == 0 ? GatewayClient.Chat : GatewayClient.Messages;
        var isChat = format == GatewayClient.Chat;
        var model = $"{kind}-{behaviour}";
        var text = $"This is request {number}. {string.Join(' ', Enumerable.Repeat("Zürich 東京", number % 17))}";
        object picture = isChat
            ? new { type = "image_url", image_url = new { url = Image } }
            : new
            {
                type = "image",
                source = new
                {
                    type = "base64",
                    media_type = "image/png",
                    data = Image[(Image.IndexOf(',', StringComparison.Ordinal) + 1)..],
                },
            };
        object[] content = [.. number % 5 == 0 ? [picture] : Array.Empty<object>(), new { type = "text", text }];
        var schema = new
        {
            type = "object",
            properties = new { city = new { type = "string" } },
            required = new[] { "city" },
            additionalProperties = false,
        };
        var body = new Dictionary<string, object> { ["model"] = model, ["messages"] = new[] { new { role = "user", content } } };
        body[isChat ? "max_completion_tokens" : "max_tokens"] = 500;
        if (number / 72 % 2 == 1)
            body["stream"] = true;
        if (behaviour == "tool-2")
        {
            body["tools"] = isChat
                ? new object[] { new { type = "function", function = new { name = "weather", parameters = schema } } }
                : [new { name = "weather", input_schema = schema }];
        }

        if (behaviour == "json" && isChat)
            body["response_format"] = new
            {
                type = "json_schema",
                json_schema = new
                {
                    name = "city",
                    schema,
                    strict = true,
                },
            };
        else if (behaviour == "json")
            body["output_config"] = new { format = new { type = "json_schema", schema } };
        return (format, model, JsonSerializer.Serialize(body));
    }
}
