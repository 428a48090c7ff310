using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Models.Runs;

namespace Aios.Tests.Models;

/// <summary>What a list says of language models is held to what there is.</summary>
public sealed class LlmJobCheckTests
{
    private const string Models = """
        providers:
          here: {kind: openai, url: "http://127.0.0.1:1/v1"}
        models:
          llama: {provider: here, name: llama, price: free}
        routes:
          default: [llama]
          cheap: [llama]
          synthesizer: [llama]
          verifier: [llama]
        """;

    [Theory]
    [InlineData("{name: a, type: trigger, llm: hi, route: chaep}", "3:44", "route", "there is no route \"chaep\" in models.yaml", "cheap")]
    [InlineData("{name: a, type: trigger, llm: {prompt: hi, model: lama}}", "3:53", "model", "there is no model \"lama\"", "llama")]
    [InlineData(
        "{name: a, type: trigger, llm: hi, panel: [cheap, defalt]}",
        "3:52",
        "panel",
        "there is no route or model \"defalt\"",
        "default"
    )]
    [InlineData(
        "{name: a, type: trigger, llm: hi, verify: {judge: {role: verifyer, rubric: x}}}",
        "3:60",
        "verify",
        "verifyer",
        "verifier"
    )]
    [InlineData(
        "{name: a, type: trigger, llm: hi, tools: [lok]}",
        "3:45",
        "tools",
        "there is no job \"lok\", which the model may run",
        "look"
    )]
    [InlineData(
        "{name: a, type: trigger, llm: hi, schema: {type: object, properties: {n: {type: numbr}}}}",
        "3:83",
        "schema",
        "is no valid JSON Schema: /properties/n/type",
        ""
    )]
    [InlineData(
        "{name: a, type: trigger, file: a.py, kwargs_schema: {type: objct}}",
        "3:62",
        "kwargs_schema",
        "is no valid JSON Schema: /type",
        ""
    )]
    [InlineData(
        "{name: a, type: trigger, steps: [{name: s, llm: hi, role: chaep}]}",
        "3:61",
        "role",
        "there is no role \"chaep\"",
        "cheap"
    )]
    [InlineData(
        "{name: a, type: trigger, steps: [{name: s, llm: hi, recover: [{with: {model: lama}}]}]}",
        "3:80",
        "model",
        "there is no model \"lama\"",
        "llama"
    )]
    public void What_is_not_there_is_a_mistake_at_its_place(string job, string place, string field, string words, string nearest)
    {
        var error = Assert.Single(Errors(job, Models));
        Assert.Equal((place, field), ($"{error.Line}:{error.Column}", error.Field));
        Assert.Contains(words, error.Problem, StringComparison.Ordinal);
        Assert.Equal(nearest, string.Join(',', error.Nearest));
    }

    [Theory]
    [InlineData("{name: a, type: trigger, llm: hi}")]
    [InlineData("{name: a, type: trigger, llm: hi, model: llama, tools: [look, from-elsewhere], schema: {type: object}}")]
    [InlineData("{name: a, type: trigger, llm: hi, role: cheap, panel: [cheap, llama]}")]
    [InlineData("{name: a, type: trigger, steps: [{name: s, llm: hi, verify: [{judge: {rubric: x}}]}]}")]
    public void What_is_there_is_none(string job) => Assert.Empty(Errors(job, Models));

    [Fact]
    public void A_job_that_names_no_route_asks_the_usual_one_which_must_be_there()
    {
        var error = Assert.Single(
            Errors("{name: a, type: trigger, llm: hi}", Models.Replace("  default:", "  usual:", StringComparison.Ordinal))
        );
        Assert.Equal("there is no route or model \"default\" in models.yaml, which the job asks because it names no other", error.Problem);
    }

    [Fact]
    public void Without_models_nobody_knows_what_there_is() =>
        Assert.Empty(Errors("{name: a, type: trigger, llm: hi, route: chaep}", null));

    [Fact]
    public void A_tool_with_a_mistake_of_its_own_is_there()
    {
        var error = Assert.Single(Errors("{name: a, type: trigger, llm: hi, tools: [b]}\n- {name: b, type: triger, file: b.py}", Models));
        Assert.Equal("b", error.Job);
    }

    private static ImmutableArray<JobListError> Errors(string job, string? models)
    {
        var settings = models is null ? null : ModelSettingsLoader.Read(models).Settings;
        Assert.Equal(models is null, settings is null);
        var text = $"- {{name: look, type: trigger, file: look.py}}\n\n- {job}\n";
        return JobListLoader.Parse(text, "jobs.yaml", check: new LlmJobCheck(settings, ["from-elsewhere"])).Errors;
    }
}
