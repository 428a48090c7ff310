using System.Collections.Immutable;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class CommandTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task A_command_is_found_on_the_path_and_gets_its_args()
    {
        var outcome = await _box.Run(Sandbox.Command("printf", "%s|"), """["a b", 1, 1.50, true, null, [1, "x"], {"k": 2}, "$HOME;*"]""");

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["""a b|1|1.50|true||[1, "x"]|{"k": 2}|$HOME;*|"""], _box.Output.Out);
    }

    [LinuxFact]
    public async Task A_command_with_a_slash_is_relative_to_the_home()
    {
        _box.Write("tool", "#!/bin/sh\necho \"$0 $1 in $PWD\"\n", executable: true);

        await _box.Run(Sandbox.Command("Programs/tool", "x"));

        Assert.Equal([$"{_box.Home}/Programs/tool x in {_box.Home}"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task The_path_of_the_job_decides()
    {
        _box.Write("bin/only-here", "#!/bin/sh\necho found\n", executable: true);
        var env = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", _box.Programs + "/bin:/usr/bin:/bin");

        await _box.Run(Sandbox.Command("only-here") with { Env = env });

        Assert.Equal(["found"], _box.Output.Out);
    }

    [LinuxTheory]
    [InlineData("no-such-command-here", "was not found on the PATH")]
    [InlineData("Programs/absent", "does not exist")]
    [InlineData("Programs/plain", "chmod +x")]
    [InlineData("Programs", "was not found on the PATH")]
    [InlineData("./Programs", "is a folder")]
    [InlineData("", "empty string")]
    [InlineData("a\0b", "NUL")]
    [InlineData("Programs/no-interpreter", "which does not exist")]
    [InlineData("Programs/crlf", "carriage return")]
    [InlineData("Programs/garbage", "neither a program")]
    public async Task What_cannot_start_fails_with_a_reason(string command, string expected)
    {
        _box.Write("plain", "#!/bin/sh\n");
        _box.Write("no-interpreter", "#!/no/such/interpreter\n", executable: true);
        _box.Write("crlf", "#!/bin/sh\r\necho\r\n", executable: true);
        _box.Write("garbage", "\u0001\u0002garbage", executable: true);

        var run = _box.Start(Sandbox.Command(command));
        var outcome = await run.Completion;

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains(expected, outcome.Reason);
        Assert.DoesNotContain("   at ", outcome.Reason);
        Assert.Null(run.Pid);
        Assert.Empty(Directory.Exists(_box.RunFiles) ? Directory.GetFiles(_box.RunFiles) : []);
    }

    [LinuxFact]
    public async Task Nothing_to_run_is_said()
    {
        var outcome = await _box.Run(Sandbox.Command() with { Name = "empty" });

        Assert.Contains("job 'empty' names nothing to run", outcome.Reason);
    }

    [LinuxTheory]
    [InlineData("""["a\u0000b"]""", "NUL")]
    [InlineData("""{"a": 1}""", "must be a JSON array")]
    [InlineData("[", "not valid JSON")]
    [InlineData("""["\ud800"]""", "half of a surrogate pair")]
    public async Task Bad_args_are_said(string args, string expected)
    {
        var outcome = await _box.Run(Sandbox.Command("/bin/echo"), args);

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains(expected, outcome.Reason);
    }

    [LinuxFact]
    public async Task One_argument_beyond_the_limit_is_said()
    {
        var outcome = await _box.Run(Sandbox.Command("/bin/echo"), $"[\"{new string('x', 131072)}\"]");

        Assert.Contains("argument 1 is 131072 bytes long", outcome.Reason);
    }

    [LinuxFact]
    public async Task The_longest_argument_passes()
    {
        var outcome = await _box.Run(Sandbox.Command("/bin/true"), $"[\"{new string('x', 131071)}\"]");

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
    }

    [LinuxTheory]
    [InlineData(40)]
    [InlineData(100)]
    public async Task Arguments_that_are_too_long_together_are_said(int hundredThousands)
    {
        var args = "[" + string.Join(',', Enumerable.Repeat($"\"{new string('x', 100_000)}\"", hundredThousands)) + "]";

        var outcome = await _box.Run(Sandbox.Command("/bin/echo"), args);

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("Pass large data in kwargs", outcome.Reason!.Replace("pass", "Pass"));
    }

    [LinuxTheory]
    [InlineData("NAME", "a\0b", "NUL")]
    [InlineData("A=B", "x", "cannot be the name")]
    [InlineData("", "x", "cannot be the name")]
    public async Task A_bad_environment_is_said(string name, string value, string expected)
    {
        var env = ImmutableSortedDictionary<string, string>.Empty.Add(name, value);

        var outcome = await _box.Run(Sandbox.Command("/bin/true") with { Env = env });

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains(expected, outcome.Reason);
    }

    [LinuxFact]
    public async Task A_home_that_is_gone_is_said()
    {
        using var box = new Sandbox((settings, time) => new Runner(settings with { Home = "/no/such/home" }, time));

        var outcome = await box.Run(Sandbox.Command("/bin/true"));

        Assert.Contains("the working directory /no/such/home does not exist", outcome.Reason);
    }
}
