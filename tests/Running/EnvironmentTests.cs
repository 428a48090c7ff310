using System.Collections.Immutable;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class EnvironmentTests : IDisposable
{
    // glibc itself leaves its two internal signals, 32 and 33, ignored in what posix_spawn starts.
    private const long StandardSignals = 0x7FFFFFFF;

    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task A_program_is_told_of_its_run()
    {
        var env = ImmutableSortedDictionary<string, string>.Empty.Add("OWN", "1 = ä").Add("AIOS_RUN_ID", "forged");
        var run = _box.Start(Sandbox.Command("env") with { Env = env, Timeout = TimeSpan.FromHours(1) }, kwargs: """{"a": 1}""");
        await run.Completion.WaitAsync(Eventually.Guard);

        var seen = _box.Output.Out.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal("1 = ä", seen["OWN"]);
        Assert.Equal("job", seen["AIOS_JOB"]);
        Assert.Equal($"{run.RunId}", seen["AIOS_RUN_ID"]);
        Assert.Equal("7", seen["AIOS_TRIGGER_ID"]);
        Assert.Equal("1", seen["AIOS_ATTEMPT"]);
        Assert.Equal(_box.Home, seen["AIOS_HOME"]);
        Assert.Equal(_box.Settings.Database, seen["AIOS_DB"]);
        Assert.Equal("device-1", seen["DEVICE_ID"]);
        Assert.Equal(_box.Settings.Marker, seen["AIOS_MARK"]);
        Assert.Equal("""{"a": 1}""", seen["AIOS_KWARGS"]);
        Assert.Equal($"{_box.RunFiles}/{run.RunId}.kwargs.json", seen["AIOS_KWARGS_FILE"]);
        Assert.Equal($"{_box.RunFiles}/{run.RunId}.result.json", seen["AIOS_RESULT"]);
        Assert.Equal("1", seen["PYTHONUNBUFFERED"]);
        Assert.Equal(
            Path.GetFileName(Environment.ProcessPath) is "dotnet" ? null : Environment.ProcessPath,
            seen.GetValueOrDefault("AIOS_EXE")
        );
        Assert.InRange(long.Parse(seen["AIOS_DEADLINE"]), run.Started.ToUnixTimeSeconds() + 3600, run.Started.ToUnixTimeSeconds() + 3600);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), seen["PATH"]);
    }

    [LinuxFact]
    public async Task A_program_starts_in_the_home_and_its_PWD_says_so()
    {
        await _box.Run(Sandbox.Command("env") with { Env = ImmutableSortedDictionary<string, string>.Empty.Add("PWD", "/elsewhere") });

        Assert.Contains($"PWD={_box.Home}", _box.Output.Out);
        Assert.DoesNotContain(_box.Output.Out, line => line.StartsWith("OLDPWD=", StringComparison.Ordinal));
    }

    [LinuxFact]
    public async Task Without_kwargs_all_read_the_same_file_and_none_what_another_wrote_there()
    {
        var job = Sandbox.Shell("cat \"$AIOS_KWARGS_FILE\"; echo; echo changed > \"$AIOS_KWARGS_FILE\"");

        await _box.Run(job);
        await _box.Run(job);
        await _box.Run(Sandbox.Shell("rm -r \"$(dirname \"$AIOS_KWARGS_FILE\")\""));
        await _box.Run(job);

        Assert.Equal(["{}", "{}", "{}"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task Large_kwargs_are_in_the_file_only()
    {
        var kwargs = $$"""{"a": "{{new string('x', 200_000)}}"}""";

        await _box.Run(
            Sandbox.Shell("echo \"[$AIOS_KWARGS]\"; wc -c < \"$AIOS_KWARGS_FILE\"; stat -c %a \"$AIOS_KWARGS_FILE\""),
            kwargs: kwargs
        );

        Assert.Equal(["[]", $"{kwargs.Length}", "600"], _box.Output.Out);
    }

    [LinuxFact]
    public async Task The_folder_of_run_files_is_made_again_and_left_empty()
    {
        await _box.Run(Sandbox.Command("true"));
        Assert.Empty(Directory.GetFileSystemEntries(_box.RunFiles));
        Directory.Delete(_box.RunFiles, recursive: true);

        var outcome = await _box.Run(
            Sandbox.Shell("cat \"$AIOS_KWARGS_FILE\"; rm -rf \"$(dirname \"$AIOS_KWARGS_FILE\")\""),
            kwargs: """{"k": 1}"""
        );

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["""{"k": 1}"""], _box.Output.Out);
        Assert.Equal(RunStatus.Succeeded, (await _box.Run(Sandbox.Command("true"))).Status);
    }

    [LinuxFact]
    public async Task Standard_input_is_empty_and_signals_are_as_usual()
    {
        await _box.Run(Sandbox.Shell("cat; grep -E 'Sig(Blk|Ign)' /proc/self/status; ls /proc/self/fd | tr '\\n' ' '"));

        Assert.Equal("SigBlk:\t0000000000000000", _box.Output.Out[0]);
        Assert.Equal(0, Convert.ToInt64(_box.Output.Out[1].Split('\t')[1], 16) & StandardSignals);
        Assert.Equal("0 1 2 3 ", _box.Output.Out[2]);
    }

    [LinuxFact]
    public async Task A_folder_that_cannot_be_written_is_replaced_by_a_spare_one()
    {
        await File.WriteAllTextAsync(_box.RunFiles, "a file in its place");

        var outcome = await _box.Run(Sandbox.Command("sh", "-c", "cat \"$AIOS_KWARGS_FILE\"; printf 7 > \"$AIOS_RESULT\""));

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal("7", outcome.ResultJson);
    }
}
