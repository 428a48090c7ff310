using System.Buffers.Binary;

namespace Aios.Tests.BlackBox;

/// <summary>Embeddings in OpenAI's format of providers that have another.</summary>
[Collection(Undisturbed.Name)]
public sealed class EmbeddingTests : IDisposable
{
    private readonly FakeProviders _providers = new();
    private readonly ModelHome _home;

    public EmbeddingTests()
    {
        _home = new ModelHome(_providers);
        foreach (var kind in ModelHome.Kinds)
            _home.AddModel($"of-{kind}", kind, "echo", "{input: 1, output: 0}");
        _home.AddModel("cut", "gemini", "cut-stream", "{input: 1, output: 0}");
        _home.AddRoute("both", "[of-gemini, of-openai]");
        _home.AddBudget("all", "{limit: 1, per: 1mo}");
        _home.Start();
    }

    [RequiresFact(Need.Node)]
    public async Task Those_of_gemini_are_as_those_of_openai()
    {
        const string rest = "\"input\": [\"one\", \"Zürich 東京\", \"one\"], \"dimensions\": 5";
        var (gemini, openai) = (await Ask("of-gemini", rest), await Ask("of-openai", rest));
        Assert.Equal(Vectors(openai), Vectors(gemini));
        Assert.Equal(3, Vectors(gemini).Count);
        Assert.Equal(5, Vectors(gemini)[0].Count);
        Assert.Equal([0, 1, 2], gemini.Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("index").GetInt32()));
        Assert.Equal("list", gemini.Json.GetProperty("object").GetString());
        Assert.Equal("of-gemini", gemini.Json.GetProperty("model").GetString());
        Assert.True(gemini.Json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);
        var row = Assert.Single(_home.Calls("of-gemini", 1));
        Assert.Equal(("ok", "aios"), (row.Outcome, row.Counted));
        Assert.True(row.Cost > 0, "it costs nothing");

        var one = await Ask("of-gemini", "\"input\": \"one\", \"dimensions\": 5, \"encoding_format\": \"base64\"");
        var bytes = one.Json.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(
            Vectors(gemini)[0].Select(number => (float)number),
            Enumerable.Range(0, 5).Select(n => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(n * sizeof(float))))
        );
    }

    [RequiresFact(Need.Node)]
    public async Task Who_cannot_take_the_input_is_left_out()
    {
        var tokens = await Ask("both", "\"input\": [[1, 2, 3]]");
        Assert.Equal("of-openai", tokens.Headers["x-aios-model"]);
        Assert.Equal("of-gemini", (await Ask("both", "\"input\": \"one\"")).Headers["x-aios-model"]);
        Assert.Equal(400, (await Ask("of-gemini", "\"input\": [1, 2, 3]")).Status);
        string Texts(int count) => $"\"input\": [{string.Join(", ", Enumerable.Repeat("\"one\"", count))}]";
        Assert.Equal(100, Vectors(await Ask("of-gemini", Texts(100))).Count);
        var many = await Ask("of-gemini", Texts(101));
        Assert.Equal(400, many.Status);
        Assert.Contains("at most 100 texts", many.Json.ToString(), StringComparison.Ordinal);
        Assert.Equal("of-openai", (await Ask("both", Texts(101))).Headers["x-aios-model"]);
        Assert.Equal(400, (await Ask("of-anthropic", "\"input\": \"one\"")).Status);
        Assert.Equal(502, (await Ask("cut", "\"input\": \"one\"")).Status);
        Assert.Equal("unknown", Assert.Single(_home.Calls("cut", 1)).Outcome);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _home.Dispose();
        _providers.Dispose();
    }

    private Task<GatewayAnswer> Ask(string model, string rest) =>
        _home.Client.SendAsync(GatewayClient.Embeddings, $$"""{"model": "{{model}}", {{rest}}}""");

    private static List<List<double>> Vectors(GatewayAnswer answer) =>
        [
            .. answer
                .Json.GetProperty("data")
                .EnumerateArray()
                .Select(item => item.GetProperty("embedding").EnumerateArray().Select(number => number.GetDouble()).ToList()),
        ];
}
