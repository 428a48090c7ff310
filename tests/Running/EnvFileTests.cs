using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Running;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

/// <summary>Environment variables from files.</summary>
public sealed class EnvFileTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Theory]
    [InlineData("A=1", "A=1")]
    [InlineData("A=1\nB=2\n", "A=1;B=2")]
    [InlineData("A=1\r\nB=2\r\n", "A=1;B=2")]
    [InlineData("\n  \n# note\n; note\n  # note\nA=1", "A=1")]
    [InlineData("  A=1  ", "A=1")]
    [InlineData("A = 1", "A=1")]
    [InlineData("export A=1", "A=1")]
    [InlineData("A=", "A=")]
    [InlineData("A=''", "A=")]
    [InlineData("A=a=b=c", "A=a=b=c")]
    [InlineData("A=two words", "A=two words")]
    [InlineData("A=no # note", "A=no # note")]
    [InlineData("A='x' # note", "A=x")]
    [InlineData("A='$HOME \\n \"'", "A=$HOME \\n \"")]
    [InlineData("A=\"say \\\"hi\\\" \\$X \\\\ it's\"", "A=say \"hi\" $X \\ it's")]
    [InlineData("A=\"one\\ntwo\\tthree\"", "A=one\ntwo\tthree")]
    [InlineData("A=\"one\ntwo\"\nB=3", "A=one\ntwo;B=3")]
    [InlineData("A='one\r\ntwo'", "A=one\ntwo")]
    [InlineData("A=\"one \\\ntwo\"", "A=one two")]
    [InlineData("A=$HOME", "A=$HOME")]
    [InlineData("A=it's", "A=it's")]
    [InlineData("A=ä€😀", "A=ä€😀")]
    [InlineData("a.b-c=1", "a.b-c=1")]
    [InlineData("A=1\nA=2", "A=1;A=2")]
    [InlineData("NO_SUCH_VARIABLE_HERE", "NO_SUCH_VARIABLE_HERE=")]
    public void It_is_read_as_docker_and_systemd_read_it(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', EnvFiles.Parse(text, "x.env").Select(pair => $"{pair.Name}={pair.Value}")));

    [Theory]
    [InlineData("=1", "x.env, line 1: expected NAME=value")]
    [InlineData("A=1\nnot a line", "x.env, line 2: expected NAME=value")]
    [InlineData("A='open", "x.env, line 1: the quote ' does not end")]
    [InlineData("A=\"open\\\"", "x.env, line 1: the quote \" does not end")]
    [InlineData("A='x'y", "x.env, line 1: ' ends the value, and more follows")]
    [InlineData("A=a\0b", "x.env, line 1: a value cannot hold a NUL")]
    [InlineData("{\"A\": 1}", "x.env, line 1: expected NAME=value")]
    public void What_it_cannot_be_is_said_with_its_line(string text, string words) =>
        Assert.Contains(
            words,
            Assert.Throws<RunStartException>(() => EnvFiles.Parse(text, "x.env").ToList()).Message,
            StringComparison.Ordinal
        );

    [LinuxFact]
    public async Task The_job_counts_before_the_last_file_before_the_first_before_the_daemon()
    {
        Write("a.env", "ONE=a\nTWO=a\nTHREE=a\nPATH=/usr/bin:/bin");
        Write("b.env", "TWO=b\nTHREE=b");

        await _box.Run(Printing("ONE", "TWO", "THREE", "PATH") with { EnvFiles = ["a.env", "b.env"], Env = Env("THREE", "job") });

        Assert.Equal(["a b job /usr/bin:/bin"], _box.Output.Out);
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Functions_see_it_too_and_each_call_reads_it_anew(bool isWarm)
    {
        using var box = new Sandbox((settings, time) => new Runner(settings, time, ProcessHosts.ForThisSystem(), isWarm));
        box.Write("program.py", "import os\ndef main():\n    return [os.environ.get('A'), os.environ.get('B')]\n");
        var job = Sandbox.File("program.py", "main") with { EnvFiles = ["a.env"] };

        File.WriteAllText(Path.Combine(box.Home, "a.env"), "A=1\nB=2");
        var first = await box.Run(job);
        File.WriteAllText(Path.Combine(box.Home, "a.env"), "A=3");
        var second = await box.Run(job);
        var without = await box.Run(Sandbox.File("program.py", "main"));

        Assert.Equal(("""["1", "2"]""", """["3", null]""", "[null, null]"), (first.ResultJson, second.ResultJson, without.ResultJson));
    }

    [LinuxFact]
    public async Task Its_PATH_finds_the_command_and_its_secrets_are_masked()
    {
        File.Move(
            _box.Write("tool", "#!/bin/sh\necho \"key $KEY\"\necho \"no $KEY\" >&2\nexit 1\n", executable: true),
            Path.Combine(_box.Home, "tool")
        );
        Write("a.env", $"PATH={_box.Home}:/usr/bin:/bin\nKEY='s3cr3t value'");

        var outcome = await _box.Run(Sandbox.Command("tool") with { EnvFiles = ["a.env"], Secrets = ["KEY"] });

        Assert.Equal(["key ***"], _box.Output.Out);
        Assert.Equal(["no ***"], _box.Output.Error);
        Assert.DoesNotContain("s3cr3t", outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxTheory]
    [InlineData(
        "gone.env",
        "env_file: there is no file {0}/gone.env; create it, correct the path (it starts from the home), or write \"-gone.env\" if it "
            + "may be missing"
    )]
    [InlineData("/nowhere/x.env", "env_file: there is no file /nowhere/x.env")]
    [InlineData("bad.env", "env_file: {0}/bad.env, line 2: expected NAME=value")]
    [InlineData("latin.env", "env_file: {0}/latin.env is not UTF-8")]
    public async Task Without_it_the_run_fails_and_says_so(string file, string words)
    {
        Write("bad.env", "A=1\n???");
        await File.WriteAllBytesAsync(Path.Combine(_box.Home, "latin.env"), [(byte)'A', (byte)'=', 0xE4]);

        var outcome = await _box.Run(Sandbox.Command("true") with { EnvFiles = [file] });

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.StartsWith(string.Format(words, _box.Home), outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task With_a_dash_it_may_be_missing()
    {
        Write("there.env", "A=1");

        await _box.Run(Printing("A") with { EnvFiles = ["-gone.env", "-there.env"] });

        Assert.Equal(["1"], _box.Output.Out);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_box.Home, name), text);

    private static Job Printing(params string[] names) => Sandbox.Shell($"echo {string.Join(' ', names.Select(name => $"\"${name}\""))}");

    private static ImmutableSortedDictionary<string, string> Env(string name, string value) => Job.NoEnv.Add(name, value);
}
