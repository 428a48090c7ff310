using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Jobs and steps that ask a language model.</summary>
public sealed class LlmJobTests : IDisposable
{
    private const string Jobs = """
        - {name: plain, type: trigger, llm: "About ${kwargs.topic}: $${kept}", kwargs: {topic: cats}}
        - name: as_json
          type: trigger
          llm: {model: json, system: Be brief., prompt: What?, schema: {type: object, properties: {total: {type: number}}, required: [total]}}
          verify: schema
        - name: fenced
          type: trigger
          llm: {model: say, prompt: 'SAY: {"total": "7"}', schema: {type: object, properties: {total: {type: number}}, required: [total]}}
        - {name: uses, type: trigger, llm: How warm is it?, model: tool, tools: [weather]}
        - {name: uses_bad, type: trigger, llm: How warm is it?, model: tool, tools: [broken]}
        - {name: uses_llm, type: trigger, llm: How warm is it?, model: tool, tools: [plain], max_parallel: 100}
        - {name: uses_self, type: trigger, llm: How warm is it?, model: tool, tools: [around]}
        - {name: around, type: trigger, steps: [{name: again, job: uses_self}]}
        - {name: no_schema, type: trigger, llm: hello, schema: {type: objct}}
        - name: panel_json
          type: trigger
          llm: 'SAY: {"answer": {"a": 1}, "consensus": [], "contradictions": [], "blind_spots": []}'
          panel: [say, say2]
          synthesizer: say
          schema: {type: object, $defs: {n: {type: [number, object]}}, properties: {a: {$ref: '#/$defs/n'}}}
        - {name: uses_none, type: trigger, llm: How warm is it?, model: tool, tools: [wether]}
        - {name: uses_long, type: trigger, llm: How warm is it?, model: tool, tools: [lasting]}
        - name: weather
          type: trigger
          shell: 'cp "$AIOS_KWARGS_FILE" given.json; echo "{\"temp\": 7}" > "$AIOS_RESULT"'
          kwargs_schema: {type: object, properties: {city: {type: string}}, required: [city], additionalProperties: false}
        - {name: broken, type: trigger, shell: 'echo no weather >&2; exit 3'}
        - {name: lasting, type: trigger, command: [sleep, "600"]}
        - {name: judged, type: trigger, llm: hello, min_confidence: 0.5,
           verify: [{judge: {model: say, rubric: 'SAY: {"score": 0.4, "reason": "It is curt."}'}}]}
        - {name: agrees, type: trigger, model: say, llm: 'SAY: {"a": 1}', verify: [{agree: {routes: [say], at_least: 0.9}}],
           schema: {type: object}}
        - {name: differs, type: trigger, model: say, llm: 'SAY: {"a": 2} {"a": 1}', verify: [{agree: {routes: [echo], at_least: 0.9, judge: numb}}]}
        - {name: panelled, type: trigger, llm: "SAY: yes", panel: [echo, say, gone], synthesizer: json}
        - {name: slow, type: trigger, llm: hello, model: hang, timeout: 1s}
        - {name: gone, type: trigger, llm: hello, model: gone}
        - name: flow
          type: trigger
          steps:
            - {name: data, set: {total: 512, city: Bonn}}
            - name: draft
              llm: "Sum up ${steps.data.result}: $${x} SAY: The total is 521 in Bonn."
              model: say
              verify: {grounded: "${steps.data.result}"}
              min_confidence: 0.9
              recover: [{with: {model: echo, llm: "The total is ${steps.data.result.total} in Bonn."}}]
            - {name: done, set: {report: "${steps.draft.result}", attempts: "${steps.draft.attempt}"}}
        - name: script
          type: trigger
          models: [say]
          file: script.py
          function: main
        """;

    private readonly FakeProviders _providers = new();
    private readonly ModelHome _home;

    public LlmJobTests()
    {
        _home = new ModelHome(_providers, Jobs) { Rest = "keep_bodies: full\n" };
        foreach (var name in (string[])["echo", "say", "json", "hang"])
            _home.AddModel(name, "openai", name);
        _home.AddModel("tool", "anthropic", "tool");
        _home.AddModel("gone", "openai", "fail-500");
        _home.AddModel("numb", "openai", "json");
        _home.AddModel("say2", "openai", "say@2");
        _home.AddRoute("default", "[echo]");
        _home.Home.WriteProgram(
            "script.py",
            """
            import aios

            def main():
                answer = aios.llm('SAY: {"n": 1}', model="say", schema={"type": "object"})
                try:
                    aios.llm("hello", route="echo")
                except aios.Error as error:
                    return [aios.llm("SAY: hi", model="say"), answer, str(error)]
            """
        );
        _home.Start();
    }

    [RequiresFact(Need.Node | Need.Python)]
    public void Each_asks_and_its_answer_is_the_result()
    {
        Succeeds("plain", "\"About cats: ${kept}\"");
        Assert.Contains("About cats", Home.Get<string>("SELECT request FROM calls WHERE job_name = 'plain'"), StringComparison.Ordinal);
        Succeeds("as_json", """{"total":1}""");
        Assert.Contains("does not meet the schema", Fails("fenced"), StringComparison.Ordinal);
        Assert.Equal(3, Home.Get<int>("SELECT count(*) FROM calls WHERE job_name = 'fenced'"));

        Assert.Contains("temp", Result(Succeeded("uses")), StringComparison.Ordinal);
        Assert.Equal("""{"city":"Berlin"}""", File.ReadAllText(Home.In("given.json")).Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("tool", Home.Get<string>("SELECT source FROM triggers WHERE job_name = 'weather'"));
        Assert.Contains("no weather", Result(Succeeded("uses_bad")), StringComparison.Ordinal);
        Assert.Contains("there is no job \"wether\". Did you mean \"weather\"?", Fails("uses_none"), StringComparison.Ordinal);

        Assert.Contains("the confidence 0.4 is below min_confidence 0.5: It is curt", Fails("judged"), StringComparison.Ordinal);
        Assert.Equal(0.4, Home.Get<double>("SELECT confidence FROM calls WHERE job_name = 'judged' AND confidence IS NOT NULL"), 6);
        Succeeds("agrees", """{"a":1}""");
        Home.Closed(Home.Insert("differs"), 30);
        Assert.Contains("numb", Home.Column("SELECT model FROM calls WHERE job_name = 'differs'"));
        Assert.Contains("gave no answer", Fails("gone"), StringComparison.Ordinal);
        using var panel = JsonDocument.Parse(Result(Succeeded("panelled")));
        Assert.Equal(
            ["answer", "consensus", "contradictions", "blind_spots"],
            panel.RootElement.EnumerateObject().Select(member => member.Name)
        );

        var run = Succeeded("script");
        using var told = JsonDocument.Parse(Result(run));
        Assert.Equal("hi", told.RootElement[0].GetString());
        Assert.Equal(1, told.RootElement[1].GetProperty("n").GetInt32());
        Assert.Contains("may not call \"echo\"", told.RootElement[2].GetString(), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Node)]
    public void More_than_may_be_asked_at_once_wait_for_their_tools_that_ask_too()
    {
        Home.InsertMany("uses_llm", 70);
        Home.WaitFor(
            () => Home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'uses_llm' AND status = 'succeeded'") == 70,
            "all have had their tool",
            60
        );
        Assert.Contains("uses tools itself", Fails("uses_self"), StringComparison.Ordinal);
        Assert.Contains("schema: /type", Fails("no_schema"), StringComparison.Ordinal);
        Assert.Equal(0, Home.Get<int>("SELECT count(*) FROM calls WHERE job_name IN ('no_schema', 'uses_self')"));
        Assert.Contains("\"a\":1", Result(Succeeded("panel_json")), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Node)]
    public void A_step_that_is_not_sure_enough_climbs_its_ladder()
    {
        var flow = Home.Closed(Home.Insert("flow"), 30);
        Assert.Equal("succeeded", flow.Status);
        Assert.Equal(
            """{"report":"The total is 512 in Bonn.","attempts":2}""",
            Home.Get<string>("SELECT result FROM runs WHERE job_name = 'flow'")
        );
        Assert.Equal("failed", Home.RunsOf("flow/draft")[0].Status);
        Assert.Contains("521", Home.RunsOf("flow/draft")[0].Reason, StringComparison.Ordinal);
        Assert.Contains(
            "Sum up {\"total\":512,\"city\":\"Bonn\"}: ${x}",
            string.Join('\n', Home.Column("SELECT message FROM logs WHERE job_name = 'flow/draft'")),
            StringComparison.Ordinal
        );
        var call = Home.Get<long>("SELECT min(call) FROM calls WHERE flow_id IS NOT NULL");
        Assert.Contains("grounded 0", Home.Cli("why", "call", $"{call}").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Node)]
    public void One_that_is_stopped_ends_at_once_and_so_do_its_tools()
    {
        var timedOut = Home.Insert("slow");
        var asked = Home.Insert("uses_long");
        Home.WaitFor(() => Home.RunsOf("lasting") is [{ Pid: not null }], "its tool runs");
        Home.Cli("stop", "uses_long").Exits(0);
        Assert.Equal("canceled", Home.Closed(asked).Status);
        Home.WaitFor(() => Home.RunsOf("lasting") is [{ Status: "canceled" }], "its tool has ended");
        Assert.Equal("timed_out", Home.Closed(timedOut).Status);
        Assert.Equal(["unknown"], Home.Column("SELECT outcome FROM calls WHERE job_name = 'slow'"));
        Assert.Contains("took longer than its timeout of 1 s", Home.RunsOf("slow")[0].Reason, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _home.Dispose();
        _providers.Dispose();
    }

    private AiosHome Home => _home.Home;

    private void Succeeds(string job, string result) => Assert.Equal(result, Result(Succeeded(job)));

    private RunRow Succeeded(string job)
    {
        var closed = Home.Closed(Home.Insert(job), 30);
        Assert.True(closed.Status == "succeeded", $"{job}: {closed.Reason}");
        return Home.RunsOf(job)[^1];
    }

    private string Fails(string job)
    {
        var closed = Home.Closed(Home.Insert(job), 30);
        Assert.Equal("failed", closed.Status);
        return closed.Reason!;
    }

    private static string Result(RunRow run) => run.Result!;
}
