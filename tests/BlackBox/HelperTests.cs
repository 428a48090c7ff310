namespace Aios.Tests.BlackBox;

/// <summary>What programs tell AIOS and ask of it while they run: by <c>import aios</c>, and by verbs.</summary>
public sealed class HelperTests
{
    private const string Silent = "- {name: other, type: trigger, command: ['true']}\n";

    [RequiresFact(Need.Python)]
    public void A_Python_function_uses_all_of_it()
    {
        using var home = new AiosHome(Silent + "- {name: work, type: trigger, file: work.py, function: main, timeout: 1h}");
        home.WriteProgram(
            "work.py",
            """
            import aios, os, time

            def main():
                aios.progress(0.4, "4 of 10 files")
                aios.log("careful", level="WARNING")
                print("plain")
                aios.state["last"] = {"id": 12}
                aios.state.shared["seen"] = True
                child = aios.trigger("other", 1, city="Berlin", priority=2)
                while not os.path.exists("go"):
                    time.sleep(0.01)
                aios.progress(0.999, "nearly")
                run = aios.run
                return [run.id, run.trigger_id, run.job, run.attempt, run.device, 3500 < run.deadline.timestamp() - time.time() <= 3600, child]
            """
        );
        home.Start([("DEVICE_ID", "here")]);
        var trigger = home.Insert("work");
        home.WaitFor(() => home.Cli("status").Exits(0).Out.Contains("40 % 4 of 10 files", StringComparison.Ordinal), "the status shows it");
        Assert.Contains("40 % 4 of 10 files", home.Cli("jobs", "show", "work").Exits(0).Out, StringComparison.Ordinal);
        // What it has triggered may still run, too.
        var running = home.Cli("status", "--json")
            .Exits(0)
            .Json.GetProperty("running")
            .EnumerateArray()
            .Single(run => run.GetProperty("job_name").GetString() == "work");
        Assert.Equal(
            (0.4, "4 of 10 files"),
            (running.GetProperty("progress").GetDouble(), running.GetProperty("progress_text").GetString())
        );
        File.WriteAllText(home.In("go"), "");

        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Equal("""[1, 1, "work", 1, "here", true, 2]""", home.Runs(trigger)[0].Result);
        Assert.Equal("succeeded", home.Closed(2).Status);
        Assert.Equal(
            """[1] {"city": "Berlin"} 2""",
            home.Get<string>("SELECT args || ' ' || kwargs || ' ' || priority FROM triggers WHERE id = 2")
        );
        Assert.Equal(
            (0.999, "nearly"),
            (home.Get<double>("SELECT progress FROM runs WHERE id = 1"), home.Get<string>("SELECT progress_text FROM runs WHERE id = 1"))
        );
        home.WaitFor(
            () =>
                home.Column("SELECT message FROM logs WHERE run_id = 1").Exists(line => line.EndsWith("careful", StringComparison.Ordinal)),
            "its line is in the log"
        );
        Assert.Equal("""{"id": 12}""", home.Cli("state", "get", "last", "--job", "work").Exits(0).Out.TrimEnd());
        Assert.Equal("true", home.Cli("state", "get", "seen", "--shared").Exits(0).Out.TrimEnd());
    }

    [RequiresFact]
    public void A_script_uses_verbs_without_flags()
    {
        using var home = new AiosHome(Silent + "- {name: work, type: trigger, file: work.sh}");
        File.WriteAllText(home.In("aios.yaml"), "db: elsewhere.db\n");
        home.WriteProgram(
            "work.sh",
            """
            #!/bin/sh
            set -eu
            cd /
            "$AIOS_EXE" progress 12.5% "on the way"
            "$AIOS_EXE" state set text "Good morning"
            "$AIOS_EXE" state set json '{"a": [1, "ü"]}'
            "$AIOS_EXE" state set digits '"007"'
            "$AIOS_EXE" state set gone 1
            "$AIOS_EXE" state delete gone
            "$AIOS_EXE" state add count
            "$AIOS_EXE" state add count -3
            "$AIOS_EXE" state add count 0.5
            for key in text json digits count; do "$AIOS_EXE" state get $key; done
            "$AIOS_EXE" state get digits --json
            "$AIOS_EXE" state get gone --default none
            "$AIOS_EXE" state get gone || echo "status $?"
            "$AIOS_EXE" state list --json
            "$AIOS_EXE" trigger other city=Berlin --at 1h --json >/dev/null
            "$AIOS_EXE" progress 0.9
            """
        );
        var database = home.In("own.db");
        home.Start([("AIOS_DB", database)]);
        // The flag names the file that the environment named to the daemon.
        var said = home.Cli("trigger", "work", "--wait", "--db", database).Exits(0).Out;

        Assert.Equal(
            """
            1
            -2
            -1.5
            Good morning
            {"a": [1, "ü"]}
            007
            -1.5
            "007"
            none
            status 1
            {
            """.Split('\n'),
            said.Split('\n').Take(11)
        );
        Assert.False(File.Exists(home.In("elsewhere.db")));
        var lines = home.Cli("state", "list", "--job", "work", "--db", database).Exits(0).Out;
        Assert.Contains("Good morning", lines, StringComparison.Ordinal);
        var status = home.Cli("status", "--json", "--db", database).Exits(0).Json;
        var run = status.GetProperty("latest").EnumerateArray().Single(run => run.GetProperty("job_name").GetString() == "work");
        Assert.Equal(0.9, run.GetProperty("progress").GetDouble());
        Assert.Equal("other", status.GetProperty("waiting")[0].GetProperty("job_name").GetString());
    }

    [RequiresFact(Need.Python)]
    public void Two_runs_that_count_at_once_lose_nothing()
    {
        using var home = new AiosHome("- {name: count, type: trigger, file: count.py, function: main}");
        home.WriteProgram(
            "count.py",
            """
            import aios

            def main():
                for _ in range(250):
                    with aios.transaction():
                        aios.state["n"] = aios.state.get("n", 0) + 1
                    aios.state.add("n")
            """
        );
        home.Start();
        long[] triggers = [home.Insert("count"), home.Insert("count")];
        foreach (var trigger in triggers)
            Assert.Equal("succeeded", home.Closed(trigger, 180).Status);
        Assert.Equal("1000", home.Cli("state", "get", "n", "--job", "count").Exits(0).Out.TrimEnd());
        Assert.True(home.Runs(2)[0].Started < home.Runs(1)[0].Ended, "both went on at once");
    }

    [RequiresFact(Need.Python)]
    public void A_flood_of_progress_ends_with_the_last_word()
    {
        using var home = new AiosHome("- {name: flood, type: trigger, file: flood.py, function: main}");
        home.WriteProgram(
            "flood.py",
            """
            import aios

            def main():
                for i in range(100000):
                    aios.progress(i / 100000, str(i))
            """
        );
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("flood"), 60).Status);
        Assert.Equal("99999", home.Get<string>("SELECT progress_text FROM runs"));
    }

    [RequiresFact(Need.Python)]
    public void State_survives_the_sudden_end_of_everybody()
    {
        using var home = new AiosHome("- {name: work, type: trigger, file: work.py, function: main, retries: 1, backoff: 100ms}");
        home.WriteProgram(
            "work.py",
            """
            import aios, time

            def main():
                if aios.state.add("attempts") == 1:
                    time.sleep(1000)
                return aios.state["attempts"]
            """
        );
        var daemon = home.Start();
        var trigger = home.Insert("work");
        home.WaitFor(() => home.Cli("state", "get", "attempts", "--job", "work", "--default", "0").Out.TrimEnd() == "1", "it has counted");
        foreach (var pid in home.RunProcesses)
            AiosProcess.Send(pid, AiosProcess.Kill9);
        daemon.Kill();
        home.Start();
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Equal("2", home.Runs(trigger)[^1].Result);
    }

    [RequiresTheory]
    [InlineData(2, "this is not within a run: name one with --run", "progress", "0.5")]
    [InlineData(1, "run 77 is not running", "progress", "0.5", "--run", "77")]
    [InlineData(
        2,
        "found \"40\", expected a fraction from 0 to 1 such as 0.4, or a percentage such as 40%",
        "progress",
        "40",
        "--run",
        "77"
    )]
    [InlineData(2, "this is not within a run: name the job with --job, or use --shared", "state", "get", "a")]
    [InlineData(2, "expected --job or --shared, not both", "state", "get", "a", "--job", "b", "--shared")]
    [InlineData(1, "the state of job \"b\" has no value \"a\"", "state", "get", "a", "--job", "b")]
    [InlineData(2, "found \"one\", expected a number to add", "state", "add", "a", "one", "--job", "b")]
    [InlineData(1, "\"text\" is \"t\", not a number that could be added to", "state", "add", "text", "--job", "c")]
    public void A_mistake_is_told_in_one_line(int status, string message, params string[] arguments)
    {
        using var home = new AiosHome(Silent);
        home.Cli("state", "set", "text", "t", "--job", "c").Exits(0);
        var error = home.Cli(arguments).Exits(status).Error;
        Assert.StartsWith("aios: " + message, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [RequiresTheory]
    [InlineData("Good \"morning\"\n\u00e4 \ud83d\ude00 <&>", null)]
    [InlineData("-5", "-5")]
    [InlineData("--", null)]
    [InlineData("", null)]
    [InlineData(" [1, 2] ", " [1, 2] ")]
    [InlineData("NaN", null)]
    public void A_value_comes_back_as_it_was_given(string value, string? json)
    {
        using var home = new AiosHome(Silent);
        home.Cli("state", "set", "a", "--job", "b", "--", value).Exits(0);
        Assert.Equal(value + "\n", home.Cli("state", "get", "a", "--job", "b").Exits(0).Out);
        Assert.Equal(json, json is null ? null : home.Get<string>("SELECT value FROM state"));
        Assert.Equal(json is null ? 1 : 0, home.Get<int>("SELECT json_type(value) = 'text' FROM state"));
    }
}
