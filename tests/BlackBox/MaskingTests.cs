namespace Aios.Tests.BlackBox;

/// <summary>No way by which a program's words leave its run shows its secrets: looked for in all that AIOS keeps and tells.</summary>
public sealed class MaskingTests
{
    private const string Secret = "s3cr3t-t0ken-value";

    [RequiresTheory(Need.Python)]
    [InlineData("a function", "print(TOKEN)")]
    [InlineData("its exception", "raise ValueError(TOKEN)")]
    [InlineData("its result", "return {'a': TOKEN, TOKEN: 1}")]
    [InlineData("its exit", "sys.exit(TOKEN)")]
    [InlineData("its log", "aios.log(TOKEN, level='ERROR')")]
    [InlineData("its progress", "aios.progress(0.5, 'at ' + TOKEN); time.sleep(0.5); aios.progress(0.6, TOKEN)")]
    [InlineData(
        "its state",
        "aios.state['a'] = [TOKEN]; aios.state[TOKEN] = 1; aios.state.shared['b'] = TOKEN; aios.state.of('other')['c'] = TOKEN"
    )]
    [InlineData(
        "its verbs",
        "[subprocess.run([os.environ['AIOS_EXE'], *words.split(), TOKEN], check=True) for words in ('progress 50%', 'state set a', 'state "
            + "set --shared b', 'state set --job other c')]"
    )]
    [InlineData("a key of its verbs", "subprocess.run([os.environ['AIOS_EXE'], 'state', 'set', TOKEN, '1'], check=True)")]
    [InlineData(
        "what it starts",
        "subprocess.run(['sh', '-c', 'echo \"$TOKEN\"; echo \"$TOKEN\" >&2; exit 3'], check=True, env={**os.environ, 'TOKEN': TOKEN})"
    )]
    [InlineData(
        "a timeout",
        "print('Traceback (most recent call last):\\nValueError: ' + TOKEN, file=sys.stderr, flush=True); time.sleep(60)"
    )]
    [InlineData("its last error line", "os.write(2, TOKEN.encode()); os._exit(1)")]
    [InlineData("a bad result", "open(os.environ['AIOS_RESULT'], 'w').write(TOKEN); os._exit(0)")]
    public void It_is_in_nothing_that_is_kept_or_told(string what, string source)
    {
        using var home = new AiosHome(
            """
            - {name: other, type: trigger, command: ['true']}
            - {name: work, type: trigger, file: work.py, function: main, secrets: ["file:token"], timeout: 5s, grace: 1s, notify: [{command: [sh, -c, 'cat "$AIOS_KWARGS_FILE" >> told; echo "$AIOS_NOTICE_TEXT" >> told']}]}
            """
        );
        File.WriteAllText(home.In("token"), Secret + "\n");
        home.WriteProgram(
            "work.py",
            $"import aios, os, subprocess, sys, time\nTOKEN = open('token').read().strip()\ndef main():\n    {source}\n"
        );
        var daemon = home.Start();

        var closed = home.Closed(home.Insert("work"));
        Assert.NotEqual("running", closed.Status);
        if (closed.Status != "succeeded")
            home.WaitFor(() => home.Get<long>("SELECT count(*) FROM notices WHERE closed IS NULL") == 0, "the notice is told");

        foreach (
            var words in new[]
            {
                "logs",
                "runs",
                "status",
                "jobs show work",
                "why work",
                "state list --job work",
                "state list --job other",
                "state list --shared",
                "runs 1",
            }
        )
        {
            Assert.DoesNotContain(Secret, home.Cli(words.Split(' ')).Out, StringComparison.Ordinal);
        }

        if (File.Exists(home.In("told")))
            Assert.DoesNotContain(Secret, File.ReadAllText(home.In("told")), StringComparison.Ordinal);
        foreach (var table in home.Column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        {
            var columns = home.Column($"SELECT name FROM pragma_table_info('{table}')");
            Assert.Empty(
                home.Column(
                    $"SELECT '{table}: {what}' FROM {table} WHERE "
                        + $"{string.Join(" OR ", columns.Select(column => $"instr(CAST({column} AS TEXT), '{Secret}')"))}"
                )
            );
        }

        Assert.False(daemon.HasExited);
    }
}
