using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>A command line that a shell reads.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxTheory]
    [InlineData("echo b a | tr ' ' '\\n' | sort", "[]", "a|b")]
    [InlineData("echo one && echo two; false || echo three", "[]", "one|two|three")]
    [InlineData("echo hidden > x.txt; cat < x.txt", "[]", "hidden")]
    [InlineData("echo \"$AIOS_JOB\" $((1 + 2))", "[]", "job 3")]
    [InlineData("printf '%s\\n' \"$@\"", "[\"a b\", 7, \"$HOME\", \"\"]", "a b|7|$HOME|")]
    [InlineData("echo \"$2-$1\"", "[\"a\", \"b\"]", "b-a")]
    [InlineData("for n in 1 2\ndo\n  echo $n\ndone", "[]", "1|2")]
    public async Task It_is_read_by_a_shell(string line, string args, string printed)
    {
        var outcome = await _box.Run(Shell(line), args);

        Assert.Equal((RunStatus.Succeeded, printed), (outcome.Status, string.Join('|', _box.Output.Out)));
    }

    [LinuxFact]
    public async Task Its_exit_status_is_that_of_the_line() => Assert.Equal(3, (await _box.Run(Shell("true; exit 3"))).ExitCode);

    [LinuxFact]
    public async Task A_command_that_is_a_whole_line_is_told_of_it()
    {
        var outcome = await _box.Run(Sandbox.Command("echo a | wc"));

        Assert.Contains(
            "it names one program, blanks included; write a whole command line as `shell`, or each argument as an element of the list",
            outcome.Reason,
            StringComparison.Ordinal
        );
    }

    [LinuxFact]
    public async Task Values_of_a_line_are_in_its_environment_over_what_the_job_has()
    {
        var env = ImmutableSortedDictionary<string, string>.Empty.Add("AIOS_VALUE_1", "of the job");
        var job = WithValue("$(touch x) \n'") with { Env = env };

        await _box.Run(job);

        Assert.Equal(["[$(touch x) ", "']"], _box.Output.Out);
    }

    [Fact]
    public void So_are_they_in_a_container()
    {
        var request = new RunRequest(1, 7, WithValue("a b"), 1, "[]", "{}");

        Assert.Contains(
            KeyValuePair.Create("AIOS_VALUE_1", "a b"),
            ContainerEnvironment.Of(request, _box.Settings, DateTimeOffset.UnixEpoch)
        );
    }

    private static Job WithValue(string value) =>
        new()
        {
            Name = "job",
            Work = new ShellWork("echo \"[${AIOS_VALUE_1}]\"") { Values = [KeyValuePair.Create("AIOS_VALUE_1", value)] },
        };

    private static Job Shell(string line) => new() { Name = "job", Work = new ShellWork(line) };
}
