using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>What an inserted row leads to.</summary>
public sealed class TriggerTests
{
    private const string Work = """
        - name: work
          type: trigger
          command: [sh, -c, 'echo "$1" >> order; printf "%s" "$AIOS_KWARGS" > "$AIOS_RESULT"', work]
        """;

    [RequiresFact(Need.Python)]
    public void The_INSERT_of_the_original_readme_leads_to_a_finished_run_with_its_result()
    {
        using var home = new AiosHome(
            """
            - name: llm_processor
              type: trigger
              file: llm.py
              function: process
            """
        );
        home.WriteProgram(
            "llm.py",
            "def process(prompt):\n    print('thinking about', prompt)\n    return {'answer': prompt.upper()}\n",
            executable: false
        );
        home.Start();
        using var python = Process.Start(
            new ProcessStartInfo(
                "python3",
                [
                    "-c",
                    """
                    import sqlite3, time
                    conn = sqlite3.connect('orchestrator.db')
                    conn.execute("INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('llm_processor', '[]', '{\"prompt\": \"test\"}', ?)", (time.time(),))
                    conn.commit()
                    """,
                ]
            )
            {
                WorkingDirectory = home.Folder,
            }
        )!;
        Assert.True(python.WaitForExit(20_000) && python.ExitCode == 0);

        Assert.Equal("succeeded", home.Closed(1).Status);
        var run = Assert.Single(home.Runs(1));
        Assert.Equal("""{"answer": "TEST"}""", run.Result!.Replace("\":\"", "\": \"", StringComparison.Ordinal));
        home.WaitFor(
            () => home.Column("SELECT message FROM logs WHERE run_id = 1").Contains("thinking about test"),
            "its output is in the log"
        );
        Assert.Equal("completed", home.Get<string>("SELECT status FROM jobs WHERE job_name = 'llm_processor'"));
    }

    [RequiresFact]
    public void Positional_and_named_arguments_reach_the_program()
    {
        using var home = new AiosHome(Work);
        home.Start();
        var trigger = home.Insert("work", """{"a": [1, {"b": "ü"}]}""", """["one two"]""");
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Equal("""{"a": [1, {"b": "ü"}]}""", home.Runs(trigger)[0].Result);
        Assert.Equal("one two\n", File.ReadAllText(home.In("order")));
    }

    [RequiresFact]
    public void A_trigger_waits_for_its_run_at()
    {
        using var home = new AiosHome(Work);
        home.Start();
        var at = AiosHome.Now() + 3;
        home.Execute("INSERT INTO triggers (job_name, run_at) VALUES ('work', @1)", at);
        home.WaitFor(() => home.Trigger(1).Status == "waiting", "it waits");
        Assert.Contains("run_at", home.Trigger(1).Reason, StringComparison.Ordinal);
        Assert.Equal("succeeded", home.Closed(1).Status);
        Assert.InRange(home.Runs(1)[0].Started, at - 0.05, at + 5);
    }

    [RequiresFact]
    public void Rows_run_by_priority_then_by_age()
    {
        using var home = new AiosHome(Work);
        home.Drain();
        home.Execute(
            """
            INSERT INTO triggers (job_name, args, priority) VALUES
                ('work', '["e"]', NULL), ('work', '["c"]', 5), ('work', '["g"]', -1), ('work', '["d"]', 5), ('work', '["a"]', 1000), ('work', '["f"]', 0), ('work', '["b"]', 7)
            """
        );
        home.Drain("--max-parallel", "1");
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], File.ReadAllLines(home.In("order")));
    }

    [RequiresFact]
    public void A_row_without_a_priority_takes_that_of_its_job()
    {
        using var home = new AiosHome(
            """
            - {name: low, type: trigger, priority: -5, command: [sh, -c, 'echo low >> order']}
            - {name: high, type: trigger, priority: 5, command: [sh, -c, 'echo high >> order']}
            - {name: normal, type: trigger, command: [sh, -c, 'echo normal >> order']}
            """
        );
        home.Drain();
        foreach (var name in (string[])["low", "normal", "high"])
            home.Insert(name);
        home.Drain("--max-parallel", "1");
        Assert.Equal(["high", "normal", "low"], File.ReadAllLines(home.In("order")));
    }

    [RequiresFact]
    public void A_dedup_key_is_taken_once()
    {
        using var home = new AiosHome(Work);
        home.Drain();
        home.Execute("INSERT INTO triggers (job_name, dedup_key) VALUES ('work', 'once')");
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() =>
            home.Execute("INSERT INTO triggers (job_name, dedup_key) VALUES ('work', 'once')")
        );
        home.Execute("INSERT OR IGNORE INTO triggers (job_name, dedup_key) VALUES ('work', 'once')");
        home.Drain();
        Assert.Single(home.RunsOf("work"));
        // The key stays taken as long as the row is kept.
        home.Cli("trigger", "work", "--dedup-key", "once").Exits(0);
        home.Drain();
        Assert.Single(home.RunsOf("work"));
    }

    [RequiresFact]
    public void A_job_that_no_device_knows_is_closed_with_the_nearest_name()
    {
        using var home = new AiosHome(Work);
        home.Start();
        var closed = home.Closed(home.Insert("wrok"));
        Assert.Equal("failed", closed.Status);
        Assert.Contains("\"wrok\"", closed.Reason, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"work\"?", closed.Reason, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Rows_that_were_inserted_while_nothing_ran_are_run_at_the_next_start()
    {
        using var home = new AiosHome(Work);
        home.Drain();
        for (var i = 0; i < 20; i++)
            home.Insert("work", args: $"[\"{i}\"]");
        home.Start();
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") == 20, "all have run");
        Assert.Equal(20, File.ReadAllLines(home.In("order")).Distinct().Count());
    }
}
