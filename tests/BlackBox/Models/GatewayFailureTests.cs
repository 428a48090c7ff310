namespace Aios.Tests.BlackBox;

/// <summary>
/// Each failure of a provider, in each of its formats and in each format of a client, streaming or not, with another model to fall back on
/// or not: no text is lost or doubled, the client is told in its own form, and the ledger says what became of each attempt.
/// </summary>
public sealed class GatewayFailureTests(GatewayFailureTests.Shared shared) : IClassFixture<GatewayFailureTests.Shared>
{
    private const string Words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett";
    private const string Utf8 = "Grüße aus Köln, 東京 und 🙂 Zürich.";
    private const string Fallback = "w1 w2 w3 w4 w5 w6 w7 w8 w9 w10";

    // Each case of them takes a second, so that one format does.
    private static readonly string[] Slow = ["hang", "hang-after"];

    private static readonly string[] Formats = [GatewayClient.Chat, GatewayClient.Messages, GatewayClient.Responses];

    /// <summary>What becomes of the call without and with a stream: another model may be tried, or content was already given on.</summary>
    private static readonly Dictionary<string, (Expected Whole, Expected Stream, string[] Outcomes)> Failures = new()
    {
        ["fail-429"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-500"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-503"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-529"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-401"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-404"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-context"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["fail-400"] = (Expected.Refused, Expected.Refused, ["failed"]),
        ["error-200"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed", "unknown"]),
        ["html"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed", "unknown"]),
        ["reset-before"] = (Expected.Elsewhere, Expected.Elsewhere, ["unknown"]),
        ["hang"] = (Expected.Elsewhere, Expected.Elsewhere, ["unknown"]),
        ["reset-after"] = (Expected.Elsewhere, Expected.Broken, ["unknown"]),
        ["cut-stream"] = (Expected.Elsewhere, Expected.Broken, ["unknown"]),
        ["half-utf8"] = (Expected.Elsewhere, Expected.Broken, ["unknown"]),
        ["hang-after"] = (Expected.Elsewhere, Expected.Broken, ["unknown"]),
        // Without a stream, a provider answers with the status 500 instead.
        ["late-error"] = (Expected.Elsewhere, Expected.Broken, ["failed", "unknown"]),
        ["early-error"] = (Expected.Elsewhere, Expected.Elsewhere, ["failed"]),
        ["cut-utf8"] = (Expected.Answer, Expected.Answer, ["ok"]),
        ["no-usage"] = (Expected.Answer, Expected.Answer, ["ok"]),
        ["usage-beside"] = (Expected.Answer, Expected.Answer, ["ok"]),
        ["paced-3-200"] = (Expected.Answer, Expected.Answer, ["ok"]),
    };

    /// <summary>What the client is to see.</summary>
    private enum Expected
    {
        /// <summary>The whole text of the model.</summary>
        Answer,

        /// <summary>That of the next model if there is one, else an error.</summary>
        Elsewhere,

        /// <summary>An error, whether there is another model or not.</summary>
        Refused,

        /// <summary>The beginning of the text, and then an error in the stream.</summary>
        Broken,
    }

    /// <summary>Failure, kind of the provider, format of the client, whether it streams, whether there is another model.</summary>
    public static TheoryData<string, string, string, bool, bool> Matrix()
    {
        var matrix = new TheoryData<string, string, string, bool, bool>();
        foreach (var failure in Failures.Keys)
        foreach (var kind in ModelHome.Kinds)
        foreach (var format in FormatsFor(failure, kind))
        foreach (var streams in (bool[])[false, true])
        foreach (var falls in (bool[])[false, true])
            matrix.Add(failure, kind, format, streams, falls);
        return matrix;
    }

    // All formats with the first kind of provider, and another one with each other kind.
    private static string[] FormatsFor(string failure, string kind)
    {
        if (Slow.Contains(failure))
            return Formats[..1];
        var place = Array.IndexOf(ModelHome.Kinds, kind);
        return place == 0 ? Formats : [Formats[place % Formats.Length]];
    }

    [RequiresTheory(Need.Node)]
    [MemberData(nameof(Matrix))]
    public void Nothing_is_lost_doubled_or_left_untold(string failure, string kind, string format, bool streams, bool falls)
    {
        var name = NameOf(failure, kind, format, streams, falls);
        var (whole, stream, outcomes) = Failures[failure];
        var answer = shared.Home.Client.Ask(format, falls ? $"route-{name}" : name, streams);
        var seen = $"{answer.Status} {answer.Broken} {answer.Body}";
        var text = failure switch
        {
            "cut-utf8" or "half-utf8" => Utf8,
            "paced-3-200" => "w1 w2 w3",
            _ => Words,
        };

        Assert.True(answer.Broken is null, $"the connection broke: {seen}");
        switch (streams ? stream : whole)
        {
            case Expected.Answer:
                Complete(answer, streams, text, seen);
                break;
            case Expected.Elsewhere when falls:
                Complete(answer, streams, Fallback, seen);
                break;
            case Expected.Broken:
                Assert.True(answer.Status == 200 && answer.IsStream, seen);
                Assert.True(answer.Content.Length > 0 && text.StartsWith(answer.Content, StringComparison.Ordinal), seen);
                Assert.True(!string.IsNullOrEmpty(answer.Error) && !answer.IsComplete, seen);
                break;
            default:
                Assert.True(answer.Status is >= 400 and < 600 && !answer.IsStream, seen);
                Assert.False(string.IsNullOrEmpty(answer.Error), seen);
                break;
        }

        if (failure == "fail-429" && !falls)
            Assert.True(answer.Status == 429, seen);
        if (failure == "fail-400")
            Assert.True(answer.Status == 400, seen);
        var row = Assert.Single(shared.Home.Calls(name, 1));
        Assert.True(outcomes.Contains(row.Outcome), $"{row}, expected {string.Join(" or ", outcomes)}: {seen}");
        Assert.Equal(1, shared.Home.Providers.RequestsFor($"{failure}@{name}").GetArrayLength());
        if (row.Outcome == "ok")
            Assert.Equal(failure == "no-usage" ? "aios" : "provider", row.Counted);
        else
            Assert.NotEqual("", row.Reason);
    }

    private static void Complete(GatewayAnswer answer, bool streams, string text, string seen)
    {
        Assert.True(answer.Status == 200 && answer.IsStream == streams, seen);
        Assert.True(answer.Content == text, $"found the text \"{answer.Content}\", expected \"{text}\": {seen}");
        Assert.True(answer.Error is null && (!streams || answer.IsComplete), seen);
        Assert.True(answer.Headers.ContainsKey("x-aios-call"), "there is no header x-aios-call");
    }

    private static string NameOf(string failure, string kind, string format, bool streams, bool falls) =>
        $"{kind}-{failure}-{format}-{(streams ? "stream" : "whole")}-{(falls ? "falls" : "alone")}";

    /// <summary>One daemon for all. Each case has models of its own, so that none rests because of another.</summary>
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
            foreach (var row in Matrix())
            {
                var (failure, kind, format, streams, falls) = row.Data;
                var name = NameOf(failure, kind, format, streams, falls);
                _home.AddModel(name, kind, $"{failure}@{name}", "{input: 1, output: 10}");
                if (!falls)
                    continue;
                // The other model speaks another format.
                _home.AddModel($"next-{name}", kind == "anthropic" ? "openai" : "anthropic", $"words-10@{name}", "{input: 1, output: 10}");
                _home.AddRoute($"route-{name}", $"[{name}, next-{name}]");
            }

            _home.Start("1s");
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
