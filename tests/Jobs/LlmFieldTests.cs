using Aios.Jobs;
using Aios.Jobs.Works;

namespace Aios.Tests.Jobs;

/// <summary>Jobs and steps that ask a language model, as the list has them.</summary>
public sealed class LlmFieldTests
{
    private const string Inside = """
        - name: ask
          type: trigger
          llm:
            role: auditor
            system: Be brief.
            prompt: "About ${kwargs.topic}"
            schema: {type: object, properties: {total: {type: number}}, required: [total]}
            temperature: 0.2
            max_tokens: 300
            tools: [lookup]
            max_steps: 4
            verify: [schema, {grounded: "${kwargs.source}"}, {agree: {routes: [a, b], at_least: 0.85}}, {judge: {rubric: Polite?}}]
            min_confidence: 0.8
        """;

    private const string Beside = """
        - name: ask
          type: trigger
          llm: "About ${kwargs.topic}"
          role: auditor
          system: Be brief.
          schema: {type: object, properties: {total: {type: number}}, required: [total]}
          temperature: 0.2
          max_tokens: 300
          tools: lookup
          max_steps: 4
          verify:
            schema: true
            grounded: "${kwargs.source}"
            agree: {routes: [a, b], at_least: 0.85}
            judge: {role: verifier, rubric: Polite?}
          min_confidence: 0.8
        """;

    /// <summary>The fields without which another makes no sense.</summary>
    internal static string NeededBy(JobField field) =>
        field.Name switch
        {
            "max_steps" => "tools: [lookup], ",
            "min_confidence" => "verify: [{judge: {rubric: Polite?}}], ",
            "synthesizer" => "panel: [a, b], ",
            _ => "",
        };

    [Theory]
    [InlineData(Inside)]
    [InlineData(Beside)]
    public void All_fields_stand_inside_or_beside(string text)
    {
        var work = Assert.IsType<LlmWork>(Lists.Job(text).Work);
        Assert.Equal("About ${kwargs.topic}", work.Prompt);
        Assert.Equal(new LlmTarget("role", "auditor"), work.Target);
        Assert.Equal("Be brief.", work.System);
        Assert.Contains("\"total\"", work.SchemaJson, StringComparison.Ordinal);
        Assert.Equal(0.2m, work.Temperature);
        Assert.Equal(300, work.MaxTokens);
        Assert.Equal(["lookup"], work.Tools);
        Assert.Equal(4, work.MaxSteps);
        Assert.Equal(0.8m, work.MinConfidence);
        Assert.True(work.Verify.Schema);
        Assert.Equal("\"${kwargs.source}\"", work.Verify.GroundedJson);
        Assert.Equal(new AgreeCheck(["a", "b"], 0.85m, null, "verifier"), work.Verify.Agree);
        Assert.Equal(new JudgeCheck("verifier", "Polite?"), work.Verify.Judge);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var job = Lists.Job(Inside);
        var again = Lists.Job($"[{JobJson.Write(job)}]");
        Assert.Equal(JobJson.Write(job), JobJson.Write(again));
        Assert.Equal(((LlmWork)job.Work).Verify, ((LlmWork)again.Work).Verify);
    }

    [Fact]
    public void A_job_that_names_nobody_asks_the_route_default()
    {
        var work = (LlmWork)Lists.Job("- {name: a, type: trigger, llm: hello}").Work;
        Assert.Equal("default", work.Route);
        Assert.False(work.TakesSlot);
    }

    [Theory]
    [InlineData("model: llama", "model", "llama")]
    [InlineData("llm: {role: auditor}", "role", "auditor")]
    [InlineData("llm: {prompt: other, route: cheap}", "route", "cheap")]
    public void A_rung_may_ask_somebody_else(string change, string field, string name)
    {
        var flow = (FlowWork)
            Lists
                .Job(
                    $$$"""
                    - name: f
                      type: trigger
                      steps:
                        - name: draft
                          llm: {prompt: hello, role: executor, max_tokens: 5}
                          recover: [{with: { {{{change}}} }}]
                    """
                )
                .Work;
        var rung = Assert.IsType<RecoveryRung.With>(Assert.Single(flow.Steps[0].Rules.Recover));
        var work = Assert.IsType<LlmWork>(rung.Step!.Job.Work);
        Assert.Equal(new LlmTarget(field, name), work.Target);
        Assert.Equal(5, work.MaxTokens);
        Assert.Equal(change.Contains("other", StringComparison.Ordinal) ? "other" : "hello", work.Prompt);
    }

    [Theory]
    [InlineData("role: a, model: b", "\"role\" and \"model\" both name the target; keep one of them")]
    [InlineData("verify: [scheme]", "found \"scheme\", expected schema, grounded, agree or judge. Did you mean \"schema\"?")]
    [InlineData("verify: [schema]", "\"schema\" is checked, and the job has no \"schema\"; add it")]
    [InlineData("verify: [{judge: {role: verifier}}]", "has no \"rubric\"")]
    [InlineData("verify: [{agree: {at_least: 0.5}}]", "has no \"routes\"")]
    [InlineData("verify: [{agree: {routes: [a], at_least: 5}}]", "expected a number from 0 to 1")]
    [InlineData("verify: {judge: {rubric: x, roll: y}}", "unknown field \"roll\"")]
    [InlineData("min_confidence: 0.5", "needs \"verify\"")]
    [InlineData("max_steps: 3", "needs \"tools\"")]
    [InlineData("panel: [a]", "at least 2")]
    [InlineData("panel: [a, a]", "each once")]
    [InlineData("temperature: 3", "expected a number from 0 to 2")]
    [InlineData("schema: text", "expected a JSON Schema")]
    [InlineData("env: {A: b}", "belongs to what runs in a process")]
    [InlineData("image: busybox", "runs in no container")]
    [InlineData("system: \"${steps.a.result}\"", "unknown reference \"steps\"; a job can use args and kwargs")]
    [InlineData("system: \"${kwargs.a\"", "expected")]
    public void Each_mistake_is_told(string field, string message) =>
        Assert.Contains(message, Lists.Error($"- {{name: a, type: trigger, llm: hello, {field}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{name: a, type: trigger, llm: {role: x}}", "has no \"prompt\"; add it")]
    [InlineData("{name: a, type: trigger, command: [x], verify: [schema]}", "is only for jobs with \"llm\"")]
    [InlineData("{name: a, type: always, llm: hello}", "cannot be of type always")]
    public void So_is_what_does_not_go_together(string job, string message) =>
        Assert.Contains(message, Lists.Error($"- {job}"), StringComparison.Ordinal);
}
