using Aios.Flows;
using Aios.Tests.Jobs;

namespace Aios.Tests.Flows;

/// <summary>What a flow would do, without doing it.</summary>
public sealed class FlowDryRunTests
{
    private const string Job = """
        - name: nightly
          type: trigger
          steps:
            - {name: list, command: [list, "${kwargs.day}"]}
            - {name: count, set: {rows: "${size(steps.list.result)}"}}
            - {name: empty, when: "steps.count.result.rows == 0", set: nothing}
            - {name: each, each: "${steps.list.result}", shell: "echo ${item}", args: ["${item}"]}
            - {name: ask, approval: "Send ${kwargs.day}?", show: [steps.count.result]}
            - {name: end, always: true, shell: "echo ${steps.ask.status} $HOME"}
        """;

    [Fact]
    public void What_follows_from_a_result_is_not_known_without_it()
    {
        var steps = Run();
        Assert.Equal(
            ["list Runs", "count Runs", "empty Unknown", "each Runs", "ask Runs", "end Runs"],
            steps.Values.Select(step => $"{step.Name} {step.Outcome}")
        );
        Assert.Equal("""["list","monday"]""", Field(steps["list"], "command"));
        Assert.Equal(["list"], Assert.Single(steps["count"].Does).Needs);
        Assert.Equal(["count"], steps["empty"].WhenNeeds);
        Assert.Equal(["list"], steps["each"].ItemsNeed);
        Assert.Null(Field(steps["each"], "args"));
        Assert.Equal("\"Send monday?\"", Field(steps["ask"], "approval"));
        Assert.Equal("\"echo succeeded $HOME\"", Field(steps["end"], "shell"));
    }

    [Fact]
    public void With_a_result_it_is()
    {
        var steps = Run(("list", """["a", "b"]"""));
        Assert.Equal("""{"rows":2}""", Field(steps["count"], "set"));
        Assert.Equal(DryOutcome.Skipped, steps["empty"].Outcome);
        Assert.Equal((2, """["a"]"""), (steps["each"].Items, Field(steps["each"], "args")));
        Assert.Equal("\"echo a\"", Field(steps["each"], "shell"));
        Assert.Equal("\"echo 'it'\\\\''s'\"", Field(Run(("list", """["it's"]"""))["each"], "shell"));
        Assert.Equal("""{"steps.count.result":{"rows":2}}""", Field(steps["ask"], "show"));
    }

    [Fact]
    public void What_cannot_be_evaluated_fails_its_step_and_stops_those_after_it()
    {
        var steps = Run(("list", "7"));
        Assert.Equal(
            ["list Runs", "count Fails", "empty Blocked", "each Blocked", "ask Blocked", "end Runs"],
            steps.Values.Select(step => $"{step.Name} {step.Outcome}")
        );
        Assert.Contains("size", steps["count"].Problem, StringComparison.Ordinal);
        Assert.Equal("step count would not succeed", steps["empty"].Problem);
    }

    private static string? Field(DryStep step, string name) => step.Does.Single(field => field.Name == name).Json;

    private static Dictionary<string, DryStep> Run(params (string Step, string Json)[] results) =>
        new FlowDryRun(
            Lists.Job(Job),
            "[]",
            """{"day":"monday"}""",
            results.ToDictionary(result => result.Step, result => result.Json, StringComparer.Ordinal),
            DateTimeOffset.UnixEpoch
        )
            .Run()
            .ToDictionary(step => step.Name, StringComparer.Ordinal);
}
