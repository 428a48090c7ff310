using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Aios.Jobs;
using Aios.Running.Secrets;
using Aios.Store.Logs;
using Aios.Store.Runs;

namespace Aios.Tests.Running;

public sealed class SecretTests : IDisposable
{
    private const string Key = "s3cr\"et\\kéy/+ %";
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [LinuxFact]
    public async Task A_variable_of_the_job_is_masked_in_both_streams_wherever_writes_end()
    {
        var outcome = await _box.Run(
            Secret("printf 'one '; printf hunt; sleep 0.05; echo er22 two; echo hunter22hunter22 >&2; echo hunter2", ("KEY", "hunter22"))
        );

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["one *** two", "hunter2"], _box.Output.Out);
        Assert.Equal(["******"], _box.Output.Error);
    }

    [LinuxFact]
    public async Task A_variable_of_the_daemon_is_masked()
    {
        // The path of the tests is in their environment, and so in the daemon's.
        var job = Sandbox.Shell("echo \"$PATH\"; echo \"[$PATH]\"") with { Secrets = ["PATH"] };

        await _box.Run(job);

        Assert.Equal(["***", "[***]"], _box.Output.All);
    }

    [LinuxFact]
    public async Task A_file_is_masked_line_by_line_and_without_its_last_newline()
    {
        Directory.CreateDirectory(Path.Combine(_box.Home, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "secrets", "key"), "-----BEGIN-----\nMIIEpAIBAAKCAQEA\nx\n-----END-----\n");
        File.CreateSymbolicLink(Path.Combine(_box.Home, "link"), "secrets/key");

        await _box.Run(Sandbox.Shell("cat secrets/key; echo \"k=MIIEpAIBAAKCAQEA.\"") with { Secrets = ["file:link"] });

        Assert.Equal(["***", "***", "x", "***", "k=***."], _box.Output.All);
    }

    [LinuxFact]
    public async Task What_cannot_be_masked_is_told_and_the_run_goes_on()
    {
        await File.WriteAllTextAsync(Path.Combine(_box.Home, "big"), new string('x', 70_000));
        var job = Sandbox.Shell("echo abc $AIOS_HOME") with
        {
            Env = ImmutableSortedDictionary<string, string>.Empty.Add("SHORT", "abc").Add("EMPTY", ""),
            Secrets = ["NO_SUCH_VARIABLE", "file:none", "file:.", "file:big", "SHORT", "EMPTY", "AIOS_HOME"],
        };

        var outcome = await _box.Run(job);

        Assert.Equal(RunStatus.Succeeded, outcome.Status);
        Assert.Equal(["abc ***"], _box.Output.Out);
        Assert.Equal(6, _box.Output.Error.Count);
        Assert.All(_box.Output.WithLevels.Take(6), line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.Equal(
            "secrets: nothing is masked for \"NO_SUCH_VARIABLE\": there is no such variable in the environment of the run.",
            _box.Output.Error[0]
        );
        Assert.Contains("fewer than 4 characters", _box.Output.Error[4], StringComparison.Ordinal);
        Assert.Contains("it is empty", _box.Output.Error[5], StringComparison.Ordinal);
        Assert.DoesNotContain("abc", string.Concat(_box.Output.Error), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_function_that_fails_shows_it_neither_in_its_traceback_nor_in_the_reason()
    {
        _box.Write(
            "program.py",
            """
            import os
            def main():
                key = os.environ["KEY"]
                print({"key": key})
                raise ValueError("x" * 980 + " " + key + key)
            """
        );

        var outcome = await _box.Run(
            Sandbox.File("program.py", "main") with
            {
                Env = OfKey("correct horse  battery staple"),
                Secrets = ["KEY"],
            }
        );

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.DoesNotContain("corr", outcome.Reason + string.Concat(_box.Output.All), StringComparison.Ordinal);
        Assert.EndsWith(" ***", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal("{'key': '***'}", _box.Output.Out[0]);
    }

    [LinuxFact]
    public async Task A_result_stays_JSON_and_loses_it_however_it_is_escaped()
    {
        _box.Write(
            "program.py",
            """
            import json, os
            def write(text):
                open(os.environ["AIOS_RESULT"], "w", encoding="utf-8").write(text)
            key = os.environ["KEY"]
            number = os.environ["NUMBER"]
            escaped = "".join("\\u%04x" % ord(letter) for letter in key)
            write('{"a": %s, "b": %s, "c": "x%sy", %s: [1.50, %s, 1, true, null]}' % (
                json.dumps(key), json.dumps(key, ensure_ascii=False), escaped, json.dumps(key), number))
            """
        );
        var job = Sandbox.Command("python3", "Programs/program.py") with
        {
            Env = OfKey(Key).Add("NUMBER", "123456"),
            Secrets = ["KEY", "NUMBER"],
        };

        var outcome = await _box.Run(job);

        Assert.Null(outcome.Reason);
        Assert.Equal("""{"a":"***","b":"***","c":"x***y","***":[1.50,"***",1,true,null]}""", outcome.ResultJson);
    }

    [LinuxFact]
    public async Task A_result_without_it_stays_as_it_was_written()
    {
        var outcome = await _box.Run(Secret("""printf '{ "a" : 1 }\n' > "$AIOS_RESULT" """, ("KEY", "hunter22")));

        Assert.Equal("""{ "a" : 1 }""", outcome.ResultJson!.TrimEnd());
    }

    [LinuxFact]
    public async Task A_run_that_cannot_start_does_not_show_it()
    {
        var outcome = await _box.Run(Sandbox.Command("/no/hunter22") with { Env = OfKey("hunter22"), Secrets = ["KEY"] });

        Assert.Equal(RunStatus.Failed, outcome.Status);
        Assert.Contains("/no/***", outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Neither_the_split_of_a_long_line_nor_the_cut_of_a_long_output_shows_a_part_of_it()
    {
        // At each offset there is one secret that lies across a split, a read or the edge of what is left out.
        await _box.Run(
            Secret(
                "i=0; while [ $i -lt 4000 ]; do printf 'hunter22%0*d' $((i % 13 + 1)) 0; i=$((i + 1)); done; yes hunter22, | tr -d '\\n' "
                    + "| head -c 5000003",
                ("KEY", "hunter22")
            )
        );

        var shown = string.Concat(_box.Output.All);
        Assert.Contains("left out", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("hunt", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("er22", shown, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_program_that_ends_within_it_does_not_show_its_beginning()
    {
        await _box.Run(Secret("echo a; printf 'b hunter2'", ("KEY", "hunter22")));

        Assert.Equal(["a", "b ***"], _box.Output.Out);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("\"s3cr\\\"et\\\\kéy/+ %\"")]
    [InlineData("\"s3cr\\\"et\\\\k\\u00e9y/+ %\"")]
    [InlineData("\"s3cr\\\"et\\\\k\\u00E9y\\/+ %\"", false)]
    [InlineData("s3cr%22et%5Ck%C3%A9y%2F%2B%20%25")]
    [InlineData("'s3cr\"et\\\\kéy/+ %'")]
    public void It_is_known_in_other_forms(string shown, bool isKnown = true)
    {
        var mask = new SecretMask(SecretForms.Of(Key));

        Assert.Equal(isKnown, mask.Mask(shown).Contains("***", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_known_as_the_runtime_writes_JSON() =>
        Assert.Equal("***", new SecretMask(SecretForms.Of(Key)).Mask(JsonSerializer.Serialize(Key).Trim('"')));

    [Fact]
    public void Many_secrets_are_masked_too()
    {
        var mask = new SecretMask(Enumerable.Range(0, 5000).Select(i => Encoding.ASCII.GetBytes($"key-{i:D5}-end")));

        Assert.Equal("a *** b *** key-05000-end", mask.Mask("a key-00000-end b key-04999-end key-05000-end"));
    }

    private static Job Secret(string script, (string Name, string Value) variable) =>
        Sandbox.Shell(script) with
        {
            Env = ImmutableSortedDictionary<string, string>.Empty.Add(variable.Name, variable.Value),
            Secrets = [variable.Name],
        };

    private static ImmutableSortedDictionary<string, string> OfKey(string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add("KEY", value);
}
