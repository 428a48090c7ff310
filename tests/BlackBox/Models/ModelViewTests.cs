using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What the API, metrics, traces and the audit show of calls to language models and of models.yaml.</summary>
[Collection(Undisturbed.Name)]
public sealed class ModelViewTests : IDisposable
{
    private const string Jobs = """
        - name: ask
          type: trigger
          command: [node, Programs/ask.mjs]
          models: [default]
        """;

    private const string Ask = """
        const answer = await fetch(`${process.env.OPENAI_BASE_URL}/chat/completions`, {
          method: "POST",
          headers: { authorization: `Bearer ${process.env.OPENAI_API_KEY}`, "content-type": "application/json" },
          body: JSON.stringify({ model: "default", messages: [{ role: "user", content: "Go on." }], max_tokens: 100 }),
        });
        console.log(answer.status, await answer.text());
        """;

    private readonly FakeProviders _providers = new();
    private readonly OtlpReceiver _receiver = new();
    private readonly ModelHome _home;
    private readonly ApiClient _api;
    private readonly (string, string) _narrow;

    public ModelViewTests()
    {
        _home = new ModelHome(_providers, Jobs)
        {
            Variables =
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", _receiver.Address),
                ("OTEL_EXPORTER_OTLP_HEADERS", "x-test=a%20b"),
                ("OTEL_BSP_SCHEDULE_DELAY", "50"),
                ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ],
        };
        _home.Home.WriteProgram("ask.mjs", Ask);
        _home.AddModel("bad", "anthropic", "fail-500");
        _home.AddModel("good", "openai", "paced-10-2", "{input: 10, output: 1000}");
        _home.AddRoute("default", "[bad, good]");
        _home.AddBudget("all", "{limit: 5, per: 1mo}");
        _home.AddBudget("each", "{limit: 2, per: 1d, of: job}");
        _home.Start();
        _api = ApiClient.Of(_home.Daemon);
        var key = _home.Home.Cli("keys", "add", "narrow", "--jobs", "other*").Exits(0).Out.Trim();
        _narrow = ("Authorization", $"Bearer {key}");
    }

    [RequiresFact(Need.Node)]
    public void A_call_of_a_run_is_seen_wherever_somebody_looks()
    {
        var home = _home.Home;
        home.Closed(home.Insert("ask"));
        var run = home.RunsOf("ask")[0].Id;
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM calls") == 2, "both attempts are in the ledger");
        var cost = home.Get<double>("SELECT sum(cost) FROM calls");

        var list = Items(_api.Get($"calls?run={run}"));
        Assert.Equal(["ok", "failed"], list.Select(call => call.GetProperty("outcome").GetString()));
        Assert.Empty(Items(_api.Get($"calls?run={run + 1}")));
        Assert.Equal("good", Assert.Single(Items(_api.Get("calls?outcome=ok&job=ask"))).GetProperty("model").GetString());
        Assert.Single(Items(_api.Get("calls?limit=1&model=bad&route=default&since=2020-01-01T00:00:00Z")));
        var detail = _api.Get($"calls/{list[0].GetProperty("id")}").Expect(200).Json;
        Assert.Equal(cost, detail.GetProperty("cost").GetDouble(), 9);
        Assert.Equal(list.Select(call => call.GetRawText()).Reverse(), detail.GetProperty("attempts").EnumerateArray().Select(Raw));
        Assert.Equal(2, detail.GetProperty("attempts")[1].GetProperty("why").GetProperty("models").GetArrayLength());
        _api.Get("calls/999").Expect(404);

        foreach (var (by, name) in ((string, string)[])[("job", "ask"), ("model", "good"), ("provider", "openai"), ("route", "default")])
        {
            var total = Items(_api.Get($"spend?by={by}&since=2020-01-01T00:00:00Z"))
                .Single(total => total.GetProperty("name").GetString() == name);
            Assert.Equal(cost, total.GetProperty("cost").GetDouble(), 9);
        }

        Assert.Equal(cost, Items(_api.Get($"spend?by=day&run={run}")).Single().GetProperty("cost").GetDouble(), 9);
        var budgets = Items(_api.Get("budgets"));
        Assert.Equal(["all", "each"], budgets.Select(budget => budget.GetProperty("name").GetString()));
        foreach (var budget in budgets)
        {
            var key = budget.GetProperty("keys")[0];
            var (used, left) = (key.GetProperty("used").GetDecimal(), key.GetProperty("left").GetDecimal());
            Assert.True(used >= (decimal)cost, $"{budget} has given out less than {cost}");
            Assert.Equal(budget.GetProperty("limit").GetDecimal(), used + left);
        }

        Assert.Empty(Items(_api.Get("calls", _narrow)));
        Assert.Empty(Items(_api.Get("spend", _narrow)));
        Assert.Empty(Assert.Single(Items(_api.Get("budgets", _narrow))).GetProperty("keys").EnumerateArray());
        _api.Get($"calls/{list[0].GetProperty("id")}", _narrow).Expect(404);

        Counts(home, cost);
        Traces(home, run);
    }

    [RequiresTheory(Need.Node)]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_is_part_of_the_trace_that_its_caller_names(bool streams)
    {
        const string caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var body =
            $$"""{"model": "good", "stream": {{(streams ? "true" : "false")}}, "messages": [{"role": "user", "content": "Go on."}]}""";
        _api.Post("/v1/chat/completions", body, ("traceparent", caller)).Expect(200);
        _api.Post("/v1/chat/completions", body, ("traceparent", caller.Replace("-01", "-00", StringComparison.Ordinal))).Expect(200);
        _api.Post("/v1/chat/completions", body).Expect(200);
        _home.Home.WaitFor(() => _receiver.Spans.Count(span => span.Kind == 3) == 2, "the spans have come");
        var spans = _receiver.Spans.Where(span => span.Kind == 3).ToLookup(span => span.TraceId == caller[3..35]);
        var named = Assert.Single(spans[true]);
        Assert.Equal(caller[36..52], named.Parent);
        Assert.Equal("paced-10-2", named.Attributes["gen_ai.response.model"]);
        Assert.Equal("stop", named.Attributes["gen_ai.response.finish_reasons"]);
        Assert.NotEmpty(named.Attributes["gen_ai.response.id"]);
        Assert.Equal("", Assert.Single(spans[false]).Parent);
    }

    [RequiresFact(Need.Node)]
    public void A_change_of_the_file_is_checked_kept_from_mistakes_and_audited()
    {
        var home = _home.Home;
        home.WaitFor(() => Audited("models.change") == 1, "the first version is in the audit");
        var read = _api.Get("models/file").Expect(200);
        var text = read["text"].GetString()!;
        var version = ("If-Match", read.Headers["ETag"]);
        _api.Get("models/file", ("Authorization", $"Bearer {ModelHome.Key}")).Expect(403);
        var wrong = text.Replace("limit: 5", "limit: lots", StringComparison.Ordinal);
        var mistake = Assert.Single(_api.Post("models/validate", Body(wrong)).Expect(200)["errors"].EnumerateArray());
        Assert.Equal(Line(wrong, "lots"), mistake.GetProperty("line").GetInt32());
        Assert.True(mistake.GetProperty("column").GetInt32() > 1);
        Assert.Equal(
            "urn:aios:problem:file-has-mistakes",
            _api.Send("PUT", "models/file", Body(wrong), version).Expect(422)["type"].GetString()
        );
        Assert.Equal(text, File.ReadAllText(home.In("models.yaml")));

        var more = text.Replace("limit: 5", "limit: 6", StringComparison.Ordinal);
        _api.Send("PUT", "models/file", Body(more), version).Expect(200);
        _api.Send("PUT", "models/file", Body(text), version).Expect(412);
        Assert.Equal("file models.yaml", home.Get<string>("SELECT subject FROM audit WHERE action = 'models.save'"));
        home.WaitFor(() => Audited("models.change") == 2, "what was saved is in the audit");
        Assert.Equal(
            """{"budgets":{"all":{"limit":5}}} {"budgets":{"all":{"limit":6}}}""",
            home.Get<string>("SELECT before || ' ' || after FROM audit ORDER BY id DESC LIMIT 1")
        );

        File.WriteAllText(home.In("models.yaml"), wrong);
        home.WaitFor(() => _api.Get("models")["trouble"].ValueKind == JsonValueKind.String, "the mistake is told");
        Assert.Contains("the last valid version is in force", _api.Get("models")["trouble"].GetString(), StringComparison.Ordinal);
        Assert.Equal(6, Items(_api.Get("budgets"))[0].GetProperty("limit").GetInt32());
        _home.Daemon.WaitForOutput("the last valid version is in force");
        File.Delete(home.In("models.yaml"));
        Assert.False(_api.Get("models")["exists"].GetBoolean());
        _api.Get("models/file").Expect(404);
        Assert.Equal(1, Audited("models.save"));

        long Audited(string action) => home.Get<long>("SELECT count(*) FROM audit WHERE action = @1", action);
    }

    public void Dispose()
    {
        _api.Dispose();
        _home.Dispose();
        _receiver.Dispose();
        _providers.Dispose();
    }

    private void Counts(AiosHome home, double cost)
    {
        home.WaitFor(() => MetricsPage.Of(_api).Sum("aios_model_calls_total") == 2, "the attempts are counted");
        var page = MetricsPage.Of(_api);
        Assert.Equal(1, page.Sum("aios_model_calls_total", "model=\"bad\"", "provider=\"anthropic\"", "outcome=\"failed\""));
        Assert.Equal(cost, page.Sum("aios_model_cost_dollars_total"), 9);
        Assert.Equal(home.Get<double>("SELECT sum(output_tokens) FROM calls"), page.Sum("aios_model_tokens_total", "class=\"output\""));
        Assert.Equal(1, page.Sum("aios_model_first_token_seconds_count"));
        Assert.Equal(5, page.Sum("aios_budget_limit_dollars", "budget=\"all\""));
        Assert.True(page.Sum("aios_budget_used_dollars", "thing=\"job ask\"") > 0);
        home.WaitFor(() => _receiver.Metric("gen_ai.client.operation.duration") == 2, "the receiver has them");
        Assert.Equal(2, _receiver.Metric("gen_ai.client.token.usage"));
        Assert.DoesNotContain("gen_ai", page.Text, StringComparison.Ordinal);
    }

    private void Traces(AiosHome home, long run)
    {
        home.WaitFor(
            () => _receiver.Spans.Any(span => span.Name == "run ask") && _receiver.Spans.Count(span => span.Kind == 3) == 2,
            "the spans have come"
        );
        var parent = _receiver.Spans.Single(span => span.Name == "run ask");
        var failed = _receiver.Spans.Single(span => span.Name == "chat fail-500");
        var answered = _receiver.Spans.Single(span => span.Name == "chat paced-10-2");
        foreach (var span in (OtlpSpan[])[failed, answered])
        {
            Assert.Equal((parent.TraceId, parent.SpanId), (span.TraceId, span.Parent));
            Assert.Equal("chat", span.Attributes["gen_ai.operation.name"]);
            Assert.Equal($"{run}", span.Attributes["aios.run_id"]);
            Assert.True(span.Start >= parent.Start && span.End <= parent.End, $"{span} is not within {parent}");
        }

        Assert.Equal("openai", answered.Attributes["gen_ai.provider.name"]);
        Assert.Equal("paced-10-2", answered.Attributes["gen_ai.request.model"]);
        Assert.Equal($"{home.Get<long>("SELECT sum(output_tokens) FROM calls")}", answered.Attributes["gen_ai.usage.output_tokens"]);
        Assert.Equal("paced-10-2", answered.Attributes["gen_ai.response.model"]);
        Assert.Equal("stop", answered.Attributes["gen_ai.response.finish_reasons"]);
        Assert.Equal(home.Get<string>("SELECT response_id FROM calls WHERE outcome = 'ok'"), answered.Attributes["gen_ai.response.id"]);
        Assert.Null(answered.Failure);
        Assert.Equal("failed", failed.Attributes["error.type"]);
        Assert.NotNull(failed.Failure);
        Assert.False(failed.Attributes.ContainsKey("gen_ai.response.id"));
        Assert.Empty(_receiver.Defects);
    }

    private static List<JsonElement> Items(ApiAnswer answer) => [.. answer.Expect(200)["items"].EnumerateArray()];

    private static string Raw(JsonElement element) => element.GetRawText();

    private static string Body(string text) => $"{{\"text\": {JsonSerializer.Serialize(text)}}}";

    private static int Line(string text, string word) =>
        text[..text.IndexOf(word, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
}
