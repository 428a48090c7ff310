using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>The verbs, as a shell sees them.</summary>
public sealed class CommandLineTests
{
    private const string Jobs = """
        - {name: work, type: trigger, description: Works, command: [sh, -c, 'echo out; echo err >&2; printf "%s" "$AIOS_KWARGS" > "$AIOS_RESULT"']}
        - {name: fail, type: trigger, command: [sh, -c, 'echo failing; exit 7']}
        - {name: daily, type: daily, time: '09:00', command: ['true']}
        - {name: off, type: interval, interval: 1h, enabled: false, command: ['true']}
        """;

    [RequiresFact]
    public void Trigger_wait_prints_the_output_of_the_run_and_exits_with_its_status()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var good = home.Cli("trigger", "work", "--wait").Exits(0);
        Assert.Equal("out\n", good.Out);
        Assert.Contains("err\n", good.Error, StringComparison.Ordinal);
        var bad = home.Cli("trigger", "fail", "--wait").Exits(7);
        Assert.Equal("failing\n", bad.Out);
        Assert.Contains("failed", bad.Error, StringComparison.Ordinal);
        var json = home.Cli("trigger", "work", "--wait", "--json", "a=1").Exits(0).Json;
        Assert.Equal(("succeeded", 1), (json.GetProperty("status").GetString(), json.GetProperty("result").GetProperty("a").GetInt32()));
    }

    [RequiresFact]
    public void Named_arguments_are_typed_as_they_read()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        var json = home.Cli(
                "trigger",
                "work",
                "--wait",
                "--json",
                "--kwargs",
                """{"a": 0, "b": "stays"}""",
                "a=1",
                "text=two words",
                "flag=true",
                "list=[1,2]",
                "equals=x=y",
                "empty="
            )
            .Exits(0)
            .Json.GetProperty("result");
        Assert.Equal(
            """{"b":"stays","a":1,"text":"two words","flag":true,"list":[1,2],"equals":"x=y","empty":""}""",
            JsonSerializer.Serialize(json)
        );
    }

    [RequiresFact]
    public void Json_is_json_on_every_verb_with_and_without_a_database()
    {
        using var home = new AiosHome(Jobs);
        string[][] verbs =
        [
            ["jobs", "--json"],
            ["jobs", "list", "--json"],
            ["jobs", "show", "work", "--json"],
            ["jobs", "next", "--json"],
            ["next", "--until", "1d", "--json"],
            ["jobs", "validate", "--json"],
            ["jobs", "schema"],
            ["status", "--json"],
            ["runs", "--json"],
            ["why", "daily", "--json"],
            ["audit", "--json"],
            ["keys", "list", "--json"],
            ["config", "list", "--json"],
        ];
        foreach (var verb in verbs)
            _ = home.Cli(verb).Exits(0).Json;
        home.Start();
        home.Cli("trigger", "work", "--wait").Exits(0);
        home.Execute("INSERT INTO triggers (job_name, run_at) VALUES ('work', @1)", AiosHome.Now() + 1000);
        home.Closed(home.Insert("no such job"));
        foreach (var verb in verbs)
            _ = home.Cli(verb).Exits(0).Json;
        Assert.Equal(JsonValueKind.Number, home.Cli("trigger", "work", "--json").Exits(0).Json.GetProperty("id").ValueKind);
    }

    [RequiresTheory]
    [InlineData("no-such-verb")]
    [InlineData("--no-such-option")]
    [InlineData("trigger")]
    [InlineData("trigger", "work", "no-equals-sign")]
    [InlineData("trigger", "work", "--args", "{}")]
    [InlineData("trigger", "work", "--kwargs", "[1]")]
    [InlineData("trigger", "work", "--at", "someday")]
    [InlineData("trigger", "work", "--priority", "high")]
    [InlineData("jobs", "show", "nobody")]
    [InlineData("jobs", "next", "--count", "0")]
    [InlineData("next", "--until", "2020-01-01")]
    [InlineData("next", "--list", "no-such-file.yaml")]
    [InlineData("runs", "--status", "happy")]
    [InlineData("runs", "--limit", "-1")]
    [InlineData("why", "nobody")]
    [InlineData("completion", "cmd")]
    [InlineData("run", "--max-parallel", "0")]
    [InlineData("run", "--journal", "paper")]
    [InlineData("run", "--device-id", "a/b")]
    [InlineData("status", "--home", "/no/such/folder")]
    public void What_is_used_wrongly_exits_with_2_and_one_clear_message(params string[] arguments)
    {
        using var home = new AiosHome(Jobs);
        var result = home.Cli(arguments).Exits(2);
        Assert.Empty(result.Out);
        Assert.StartsWith("aios: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [RequiresTheory]
    [InlineData("status", "staus")]
    [InlineData("trigger", "triger", "work")]
    [InlineData("work", "trigger", "wrok")]
    [InlineData("work", "jobs", "show", "wrk")]
    [InlineData("--max-parallel", "run", "--max-paralel", "3")]
    [InlineData("next", "jobs", "nxt")]
    [InlineData("work", "why", "wok")]
    [InlineData("work", "runs", "wrok")]
    [InlineData("failed", "runs", "--status", "faild")]
    [InlineData("bash", "completion", "bsh")]
    [InlineData("--home", "--hom", "/tmp")]
    [InlineData("--home", "jobs", "--hom", "/tmp")]
    public void A_slip_is_answered_with_the_nearest_name(string meant, params string[] arguments)
    {
        using var home = new AiosHome(Jobs);
        var result = home.Cli(arguments).Exits(2);
        Assert.Contains($"id you mean \"{meant}\"?", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("'/tmp'", result.Error, StringComparison.Ordinal);
    }

    [RequiresTheory]
    [InlineData("--priority", "trigger", "work", "--priority", "high")]
    [InlineData("--max-parallel", "run", "--max-parallel", "1.5")]
    [InlineData("--count", "jobs", "next", "--count", "many")]
    public void A_number_that_is_none_is_told_in_words(string option, params string[] arguments)
    {
        using var home = new AiosHome(Jobs);
        Assert.StartsWith(
            $"aios: {option}: found \"{arguments[^1]}\", expected a whole number.\n",
            home.Cli(arguments).Exits(2).Error,
            StringComparison.Ordinal
        );
    }

    [RequiresFact]
    public void Arguments_that_may_be_left_out_stand_in_brackets()
    {
        using var home = new AiosHome(Jobs);
        var optional = home.Cli("init", "--help").Exits(0).Out;
        Assert.Contains("aios init [FOLDER|FILE] [options]", optional, StringComparison.Ordinal);
        Assert.Contains("\n  [FOLDER|FILE]  ", optional, StringComparison.Ordinal);
        Assert.Contains("--home <FOLDER>", optional, StringComparison.Ordinal);
        Assert.Contains(
            "aios trigger <JOB> [key=value...] [options]",
            home.Cli("trigger", "--help").Exits(0).Out,
            StringComparison.Ordinal
        );
    }

    [RequiresFact]
    public void A_home_without_a_job_list_is_told_the_same_by_all()
    {
        using var home = new AiosHome();
        Directory.Delete(home.In("Jobs"), recursive: true);
        var messages = new[] { new[] { "run" }, ["jobs"], ["jobs", "next"], ["jobs", "validate"] }
            .Select(verb => home.Cli(verb).Exits(2).Error)
            .Distinct();
        Assert.StartsWith("aios: there is no Jobs/ folder in ", Assert.Single(messages), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_line_that_is_indented_otherwise_is_shown_wherever_the_list_is_read()
    {
        using var home = new AiosHome("- name: a\n  type: daily\n   time: '09:00'\n");
        const string shown = "\n  2 |   type: daily\n    |   ^\n  3 |    time: '09:00'\n    |    ^ 1 space more\n";
        foreach (
            var verb in (string[][])
                [
                    ["run"],
                    ["jobs", "validate"],
                    ["jobs", "validate", home.In("Jobs", "jobs.yaml")],
                ]
        )
            Assert.Contains(shown, home.Cli(verb).Exits(2).Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        foreach (
            var verb in (string[][])
                [
                    ["jobs"],
                    ["next"],
                    ["why", "a"],
                ]
        )
            Assert.Contains("3 |    time: '09:00'", home.Cli(verb).Exits(2).Error, StringComparison.Ordinal);
    }

    [RequiresTheory]
    [InlineData(
        "max_parallel: 4\n log_level: debug\n",
        "aios.yaml:2:2: this line is indented by 1 space more than the field above it, on line 1;",
        "2 |  log_level: debug"
    )]
    [InlineData("max_parallel: 4\n\tlog_level: debug\n", "aios.yaml:2:1: a tab is used as indentation here", "2 | →log_level: debug")]
    [InlineData("max_parallel=4\nlog_level: debug\n", "aios.yaml:1:1: there is \"=\" after the name", "1 | max_parallel=4")]
    [InlineData(
        "max_parallel:\u00A04\nlog_level: debug\n",
        "aios.yaml:1:1: there is a non-breaking space (U+00A0) after the colon",
        "1 | max_parallel:·4"
    )]
    [InlineData("max_parallel: 4\nmax_parallel: 5\n", "aios.yaml:2: \"max_parallel\" is written twice", "")]
    public void A_mistake_in_the_settings_is_shown_like_one_in_the_list(string settings, string message, string shown)
    {
        using var home = new AiosHome();
        File.WriteAllText(home.In("aios.yaml"), settings);
        var error = home.Cli("jobs").Exits(2).Error;
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Contains(shown, error, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Next_names_each_job_once_or_one_of_them_many_times()
    {
        using var home = new AiosHome(
            """
            - {name: often, type: cron, cron: '* * * * *', command: ['true']}
            - {name: daily, type: daily, time: '09:00', command: ['true']}
            - {name: every, type: interval, interval: 1h, command: ['true']}
            - {name: drawn, type: random_daily, after_time: '09:00', before_time: '10:00', command: ['true']}
            """
        );
        var all = home.Cli("jobs", "next", "--json")
            .Exits(0)
            .Json.EnumerateArray()
            .Select(row => (row.GetProperty("job_name").GetString(), row.GetProperty("at").ValueKind, row.GetProperty("reason").ValueKind))
            .ToList();
        Assert.Equal(
            [
                ("every", JsonValueKind.Null, JsonValueKind.String),
                ("drawn", JsonValueKind.Null, JsonValueKind.String),
                ("often", JsonValueKind.String, JsonValueKind.Null),
                ("daily", JsonValueKind.String, JsonValueKind.Null),
            ],
            all
        );
        var table = home.Cli("jobs", "next").Exits(0).Out;
        Assert.Matches(@"(?m)^at start +- +every$", table);
        Assert.Matches(@"(?m)^drawn at the first start +- +drawn$", table);
        Assert.Matches(@"(?m)^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d +.*often$", table);
        Assert.Equal(3, home.Cli("jobs", "next", "often", "-n", "3", "--json").Exits(0).Json.GetArrayLength());
        Assert.Equal(10, home.Cli("jobs", "next", "often", "--json").Exits(0).Json.GetArrayLength());
        home.Drain();
        var seen = home.Cli("jobs", "next", "--json").Exits(0).Json.EnumerateArray().ToList();
        Assert.Equal(4, seen.Count);
        Assert.All(seen, row => Assert.Equal(JsonValueKind.String, row.GetProperty("at").ValueKind));
    }

    [RequiresFact]
    public void A_trigger_that_cannot_start_says_what_it_waits_for()
    {
        using var home = new AiosHome(
            """
            - {name: gpu, type: trigger, tags: [gpu, desk], command: ['true']}
            - {name: off, type: trigger, enabled: false, command: ['true']}
            - {name: work, type: trigger, command: ['true']}
            """
        );
        home.Start("--tags", "desk");
        Assert.Contains(
            "waits: it needs a device with the tags desk, gpu, and none that is online has them all.",
            home.Cli("trigger", "gpu").Exits(0).Out,
            StringComparison.Ordinal
        );
        Assert.Contains("waits: the job is disabled in the list", home.Cli("trigger", "off").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("is queued.", home.Cli("trigger", "work").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_result_is_printed_on_one_line_whatever_is_around_it()
    {
        using var home = new AiosHome(
            """[{name: work, type: trigger, command: [sh, -c, 'printf "\n  {\n \"a\" : [ 1.50,\n2 ]}\n\n" > "$AIOS_RESULT"']}]"""
        );
        home.Start();
        Assert.Contains(
            "\"result\": {\"a\":[1.50,2]},\n",
            home.Cli("trigger", "work", "--wait", "--json").Exits(0).Out,
            StringComparison.Ordinal
        );
    }

    [RequiresFact]
    public void Help_and_version_are_answered()
    {
        using var home = new AiosHome(Jobs);
        Assert.Contains("trigger", home.Cli("--help").Exits(0).Out, StringComparison.Ordinal);
        foreach (var verb in (string[])["run", "init", "trigger", "jobs", "status"])
            Assert.Contains("--home", home.Cli(verb, "--help").Exits(0).Out, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+", home.Cli("--version").Exits(0).Out);
    }

    [RequiresFact]
    public void A_dedup_key_and_a_time_are_taken_from_the_command_line()
    {
        using var home = new AiosHome(Jobs);
        var first = home.Cli("trigger", "work", "--dedup-key", "k", "--at", "10m", "--json").Exits(0).Json.GetProperty("id").GetInt64();
        Assert.Equal(first, home.Cli("trigger", "work", "--dedup-key", "k", "--json").Exits(0).Json.GetProperty("id").GetInt64());
        Assert.InRange(home.Get<double>("SELECT run_at FROM triggers") - AiosHome.Now(), 500, 601);
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM triggers"));
        home.Cli("trigger", "work", "--priority", "9").Exits(0);
        Assert.Equal(9, home.Get<int>("SELECT priority FROM triggers ORDER BY id DESC"));
    }

    [RequiresFact]
    public void Status_tells_of_daemons_runs_and_waits()
    {
        using var home = new AiosHome(
            "[{name: long, type: trigger, command: [sleep, '1000']}, {name: gpu, type: trigger, tags: [gpu], command: ['true']}]"
        );
        Assert.Contains("Nothing has run here yet", home.Cli("status").Exits(0).Out, StringComparison.Ordinal);
        home.Start([("DEVICE_ID", "desk")]);
        home.Insert("long");
        home.Insert("gpu");
        home.WaitFor(() => home.RunsOf("long").Count == 1 && home.Trigger(2).Status == "waiting", "one runs and one waits");
        var text = home.Cli("status").Exits(0).Out;
        foreach (var told in (string[])["desk", "online", "1 waiting, 1 running", "gpu", "long"])
            Assert.Contains(told, text, StringComparison.Ordinal);
        var json = home.Cli("status", "--json").Exits(0).Json;
        Assert.Equal("long", json.GetProperty("running")[0].GetProperty("job_name").GetString());
        Assert.Equal("gpu", json.GetProperty("waiting")[0].GetProperty("job_name").GetString());
    }

    [RequiresFact]
    public void Init_makes_a_home_that_validates_and_overwrites_nothing()
    {
        using var outer = new AiosHome();
        var folder = outer.In("new", "home");
        CliResult.Of(outer.Folder, ["init", folder]).Exits(0);
        Assert.True(File.Exists(Path.Combine(folder, "Jobs", "jobs.yaml")));
        CliResult.Of(folder, ["jobs", "validate"]).Exits(0);
        File.AppendAllText(Path.Combine(folder, "Jobs", "jobs.yaml"), "# mine\n");
        var again = CliResult.Of(outer.Folder, ["init", folder]).Exits(1);
        Assert.Contains("nothing is overwritten", again.Error, StringComparison.Ordinal);
        Assert.EndsWith("# mine\n", File.ReadAllText(Path.Combine(folder, "Jobs", "jobs.yaml")), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_setting_comes_from_the_flag_before_the_environment_before_the_file()
    {
        using var home = new AiosHome(Jobs);
        File.WriteAllText(home.In("aios.yaml"), "device_id: from-file\nmax_parallel: 3\n");
        home.Start([("AIOS_MAX_PARALLEL", "4")]).Stop();
        home.Start([("DEVICE_ID", "from-environment")]).Stop();
        home.Start([("DEVICE_ID", "from-environment")], "--device-id", "from-flag", "--max-parallel", "5").Stop();
        Assert.Equal(
            ["from-environment 3", "from-file 4", "from-flag 5"],
            home.Column("SELECT device || ' ' || max_parallel FROM devices ORDER BY device")
        );
    }

    [RequiresFact]
    public void A_closed_terminal_does_not_end_the_daemon()
    {
        using var home = new AiosHome("[{name: talk, type: trigger, command: [echo, hello]}]");
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "sh",
                ["-c", $"exec \"{AiosProcess.Executable}\" run --home \"{home.Folder}\" 2>&1 | head -n 1"]
            )
            {
                Environment = { ["DOTNET_ROOT"] = AiosProcess.StartInfo(home.Folder, []).Environment["DOTNET_ROOT"] },
                RedirectStandardOutput = true,
            }
        )!;
        home.WaitFor(
            () =>
                File.Exists(home.Database)
                && home.Get<int>("SELECT count(*) FROM sqlite_master WHERE name = 'devices'") == 1
                && home.Get<int>("SELECT count(*) FROM devices") == 1,
            "the daemon has started"
        );
        var daemon = home.Get<int>("SELECT pid FROM devices");
        try
        {
            for (var i = 0; i < 5; i++)
                Assert.Equal("succeeded", home.Closed(home.Insert("talk")).Status);
            Assert.True(Processes.Lives(daemon));
        }
        finally
        {
            AiosProcess.Send(daemon, AiosProcess.Term);
            shell.WaitForExit(20_000);
        }
    }
}
