using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios doctor</c> and <c>aios health</c>.</summary>
public class DoctorTests
{
    [RequiresFact(Need.Python)]
    public void A_good_home_has_no_problem_before_its_first_start_and_while_a_daemon_runs()
    {
        using var home = new AiosHome(
            "[{name: work, type: trigger, command: [sh, -c, 'true']}, {name: py, type: trigger, file: p.py, function: f}]"
        );
        home.WriteProgram("p.py", "def f(): pass\n");
        home.Cli("doctor").Exits(0);
        Assert.Equal("note", State(home, "daemon"));
        Assert.Equal("ok", State(home, "database"));
        Assert.False(File.Exists(home.Database));

        home.Start();
        home.Cli("doctor").Exits(0);
        Assert.Equal("ok", State(home, "daemon"));
        Assert.Contains("sound", Find(home, "database").GetProperty("figure").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"^3\.\d+", Find(home, "python").GetProperty("figure").GetString());
    }

    [RequiresFact]
    public void A_job_that_asks_a_language_model_has_no_program_to_look_for()
    {
        using var home = new AiosHome(
            """
            - {name: ask, type: trigger, llm: Hello}
            - {name: f, type: trigger, steps: [{name: a, llm: Hello}, {name: b, set: 1}, {name: c, command: ["true"]}]}
            """
        );
        home.Cli("doctor").Exits(0);
        Assert.Equal("ok", State(home, "programs"));
    }

    [RequiresFact]
    public void Where_nothing_is_set_up_it_says_where_to_begin()
    {
        using var home = new AiosHome();
        Directory.Delete(home.In("Jobs"), recursive: true);
        Directory.Delete(home.In("Programs"), recursive: true);
        Assert.Contains("aios init", home.Cli("doctor").Exits(1).Out, StringComparison.Ordinal);
        Assert.Equal("problem", State(home, "job list"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Folder));
    }

    [RequiresTheory]
    [InlineData("[{name: a, type: often}]", "job list", "problem", "jobs.yaml:1:")]
    [InlineData("[]", "job list", "note", "names no job")]
    [InlineData("[{name: a, type: trigger, command: [no-such-program]}]", "programs", "problem", "no-such-program")]
    [InlineData("[{name: a, type: trigger, file: missing.sh}]", "programs", "problem", "missing.sh")]
    [InlineData("[{name: a, type: trigger, enabled: false, file: missing.sh}]", "programs", "ok", "0 jobs")]
    [InlineData("[{name: a, type: trigger, tags: [gpu], command: [sh]}]", "tags", "note", "needs gpu")]
    public void What_is_not_right_in_the_list_is_told(string jobs, string check, string state, string words)
    {
        using var home = new AiosHome(jobs);
        var found = Find(home, check);
        Assert.Equal(state, found.GetProperty("state").GetString());
        Assert.Contains(words, found.GetProperty("figure").GetString(), StringComparison.Ordinal);
        Assert.Equal(state == "ok", found.GetProperty("advice").ValueKind == JsonValueKind.Null);
        home.Cli("doctor").Exits(state == "problem" ? 1 : 0);
    }

    [RequiresFact]
    public void Tags_given_to_it_or_to_another_living_device_count()
    {
        using var home = new AiosHome("[{name: a, type: trigger, tags: [gpu], command: [sh]}]");
        Assert.Equal("ok", State(home, "tags", "--tags", "gpu,other"));
        home.Start([], "--tags", "gpu");
        Assert.Equal("ok", State(home, "tags"));
    }

    [RequiresFact]
    public void A_python_that_is_missing_is_a_problem_only_for_who_needs_it()
    {
        using var home = new AiosHome("[{name: a, type: trigger, command: [sh]}]");
        File.WriteAllText(home.In("aios.yaml"), "python: no-such-python\n");
        Assert.Equal("note", State(home, "python"));
        home.WriteProgram("p.py", "");
        home.WriteJobs("[{name: a, type: trigger, file: p.py}]");
        Assert.Equal("problem", State(home, "python"));
    }

    [RequiresTheory]
    [InlineData("echo 3.6.9", "3.6.9")]
    [InlineData("echo hello", "does not answer as Python does")]
    public void A_python_that_is_too_old_or_none_is_a_problem(string program, string words)
    {
        using var home = new AiosHome("[{name: a, type: trigger, file: p.py, python: ./Programs/python}]");
        home.WriteProgram("p.py", "");
        home.WriteProgram("python", $"#!/bin/sh\n{program}\n");
        var found = Find(home, "python");
        Assert.Equal("problem", found.GetProperty("state").GetString());
        Assert.Contains(words, found.GetProperty("figure").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 job needs it", found.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void No_engine_is_no_trouble_where_no_job_needs_one_and_says_where_it_was_looked_for()
    {
        using var home = new AiosHome();
        var found = Find(home, "engine", ("DOCKER_HOST", $"unix://{home.In("none.sock")}"));
        Assert.Equal("ok", found.GetProperty("state").GetString());
        Assert.Contains("none.sock", found.GetProperty("figure").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void No_engine_is_a_problem_for_a_job_in_a_container()
    {
        using var home = new AiosHome("[{name: boxed, type: trigger, image: debian, command: [date]}]");
        var found = Find(home, "engine", ("DOCKER_HOST", "tcp://127.0.0.1:1"));
        Assert.Equal("problem", found.GetProperty("state").GetString());
        Assert.Contains("tcp://127.0.0.1:1", found.GetProperty("figure").GetString(), StringComparison.Ordinal);
        Assert.Contains("boxed", found.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Docker)]
    public void An_engine_that_answers_is_named()
    {
        using var home = new AiosHome();
        var found = Find(home, "engine");
        Assert.Equal("ok", found.GetProperty("state").GetString());
        Assert.Contains("Docker", found.GetProperty("figure").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact(Need.Mount)]
    public void A_disk_that_is_nearly_full_is_a_problem()
    {
        using var home = new AiosHome();
        var small = home.In("small");
        Directory.CreateDirectory(small);
        Assert.True(Needs.Mount(small, "20m"));
        try
        {
            var found = Find(home, "disk", ("AIOS_DB", "small/orchestrator.db"));
            Assert.Equal("problem", found.GetProperty("state").GetString());
            Assert.StartsWith("0.0 of 0.0 GB free", found.GetProperty("figure").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            Needs.Unmount(small);
        }
    }

    [RequiresFact(Need.Immutable)]
    public void A_folder_and_a_file_that_take_no_writes_are_problems()
    {
        using var home = new AiosHome();
        home.Drain();
        AssertNotWritable(home, home.Folder, "no file can be created");
        AssertNotWritable(home, home.Database, "orchestrator.db");
    }

    [RequiresFact(Need.Faketime)]
    public void A_clock_that_was_never_set_is_a_problem_and_one_that_went_back_a_note()
    {
        using var home = new AiosHome();
        var clock = new ShiftedClock(home.Folder, TimeSpan.Zero);
        clock.Set(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var unset = Find(home, "clock", clock.Environment);
        Assert.Equal("problem", unset.GetProperty("state").GetString());
        Assert.StartsWith("2001-01-01", unset.GetProperty("figure").GetString(), StringComparison.Ordinal);

        Assert.Equal("ok", State(home, "clock"));
        Directory.SetLastWriteTimeUtc(home.In("Jobs"), DateTime.UtcNow.AddDays(1));
        Assert.Equal("note", State(home, "clock"));
    }

    [RequiresFact]
    public void A_machine_without_time_zones_is_a_problem()
    {
        using var home = new AiosHome();
        var found = Find(home, "clock", ("TZDIR", home.In("none")));
        Assert.Equal("problem", found.GetProperty("state").GetString());
        Assert.Contains("tzdata", found.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Fewer_open_files_than_the_runs_need_are_a_problem()
    {
        using var home = new AiosHome();
        var start = AiosProcess.StartInfo(
            home.Folder,
            ["-c", "ulimit -n 250; exec \"$0\" doctor --json", AiosProcess.Executable],
            ("AIOS_MAX_PARALLEL", "100")
        );
        start.FileName = "sh";
        var found = Find(CliResult.Of(start, TimeSpan.FromMinutes(1)).Exits(1), "open files");
        Assert.Equal("problem", found.GetProperty("state").GetString());
        Assert.StartsWith("250 at once", found.GetProperty("figure").GetString(), StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_damaged_database_a_folder_and_a_file_that_is_none_are_problems()
    {
        using var home = new AiosHome("[{name: talk, type: trigger, command: [sh, -c, 'seq 1 2000']}]");
        home.Drain();
        home.InsertMany("talk", 3);
        home.Drain();
        Damage(home.Database);
        Assert.Equal("problem", State(home, "database"));
        Assert.Contains("damaged", Find(home, "database").GetProperty("figure").GetString(), StringComparison.Ordinal);

        File.WriteAllText(home.Database, string.Concat(Enumerable.Repeat("no database\n", 1000)));
        Assert.Contains("not a SQLite database", Find(home, "database").GetProperty("figure").GetString(), StringComparison.Ordinal);

        File.Delete(home.Database);
        Directory.CreateDirectory(home.Database);
        Assert.Contains("is a folder", Find(home, "database").GetProperty("figure").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", home.Cli("doctor").Exits(1).Out, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void Health_follows_the_life_of_the_daemon()
    {
        using var home = new AiosHome("[]");
        Assert.Contains("no daemon is running", home.Cli("health", "--live").Exits(1).Out, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(home.Folder));

        var daemon = home.Start([], "--device-id", "here");
        Assert.Contains("\"here\"", home.Cli("health", "--live").Exits(0).Out, StringComparison.Ordinal);
        using (var connection = home.Open())
        {
            // A database that is locked is no reason to start the daemon again.
            AiosHome.Execute(connection, "BEGIN EXCLUSIVE");
            home.Cli("health", "--live").Exits(0);
            AiosHome.Execute(connection, "ROLLBACK");
        }

        daemon.Kill();
        // Its row still says that it is online, and its last beat is young.
        Assert.Contains("no daemon is running", home.Cli("health", "--live").Exits(1).Out, StringComparison.Ordinal);
        home.Execute("UPDATE devices SET lock_domain = 'elsewhere'");
        home.Cli("health", "--live").Exits(0);
        home.Execute("UPDATE devices SET heartbeat = heartbeat - 60");
        home.Cli("health", "--live").Exits(1);
    }

    // From the second page on, the file holds what SQLite never writes.
    private static void Damage(string path)
    {
        using var file = File.OpenWrite(path);
        file.Position = 4096;
        file.Write(Enumerable.Repeat((byte)0xa5, (int)Math.Min(file.Length - 4096, 40_000)).ToArray());
    }

    private static void AssertNotWritable(AiosHome home, string path, string words)
    {
        Assert.True(Needs.Immutable(path, immutable: true));
        try
        {
            var found = Find(home, "database");
            Assert.Equal("problem", found.GetProperty("state").GetString());
            Assert.Contains(words, found.GetProperty("figure").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            Needs.Immutable(path, immutable: false);
        }
    }

    private static string? State(AiosHome home, string check, params string[] arguments) =>
        Find(home.Cli(["doctor", "--json", .. arguments]), check).GetProperty("state").GetString();

    private static JsonElement Find(AiosHome home, string check, params (string Name, string Value)[] environment) =>
        Find(CliResult.Of(home.Folder, ["doctor", "--json"], environment), check);

    private static JsonElement Find(CliResult answer, string check) =>
        answer.Json.GetProperty("checks").EnumerateArray().Single(found => found.GetProperty("name").GetString() == check);
}
