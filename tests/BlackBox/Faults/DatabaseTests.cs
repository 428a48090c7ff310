using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>What can happen to the database file, and the daemon's answer.</summary>
public sealed class DatabaseTests
{
    private const string Jobs = "[{name: work, type: trigger, command: [sh, -c, 'echo \"$AIOS_TRIGGER_ID\" >> done']}]";

    [RequiresFact]
    public void While_a_foreign_process_holds_an_exclusive_lock_nothing_is_lost_and_it_goes_on_by_itself()
    {
        using var home = new AiosHome(
            """
            - {name: work, type: trigger, command: [sh, -c, 'echo "$AIOS_TRIGGER_ID" >> done']}
            - {name: slow, type: trigger, command: [sh, -c, 'sleep 1; echo slow; echo "$AIOS_TRIGGER_ID" >> done']}
            - {name: tick, type: interval, interval: 500ms, command: ['true']}
            """
        );
        var daemon = home.Start();
        for (var i = 0; i < 5; i++)
            home.Insert("slow");
        home.InsertMany("work", 200);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM runs WHERE job_name = 'work' AND status = 'succeeded'") > 5, "work goes on");
        using (var connection = home.Open())
        {
            AiosHome.Execute(connection, "BEGIN EXCLUSIVE");
            AiosHome.Execute(connection, "INSERT INTO triggers (job_name) VALUES ('work')");
            Thread.Sleep(TimeSpan.FromSeconds(Needs.Long ? 20 : 5));
            Assert.False(daemon.HasExited, daemon.Output);
            AiosHome.Execute(connection, "COMMIT");
        }

        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE job_name <> 'tick' AND processed IS NULL") == 0,
            "all are closed",
            60
        );
        Assert.Equal(206, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name <> 'tick' AND status = 'succeeded' AND attempt = 1"));
        Assert.Equal(206, File.ReadAllLines(home.In("done")).Distinct().Count());
        Assert.Equal(206, File.ReadAllLines(home.In("done")).Length);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM logs WHERE message = 'slow'") == 5, "no line of output is lost");
        daemon.WaitForOutput("locked by another process");
        daemon.WaitForOutput("takes writes again");
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact]
    public void A_stop_while_the_database_is_locked_ends_in_time_and_the_next_start_puts_it_right()
    {
        using var home = new AiosHome(
            "[{name: slow, type: trigger, retries: 3, backoff: 100ms, grace: 1s, command: [sh, -c, '[ -e again ] || sleep 1000']}]"
        );
        var daemon = home.Start();
        var trigger = home.Insert("slow");
        home.WaitFor(() => home.Runs(trigger) is [{ Pid: not null }], "it runs");
        using (var connection = home.Open())
        {
            AiosHome.Execute(connection, "BEGIN EXCLUSIVE");
            daemon.Signal(AiosProcess.Term);
            daemon.WaitForExit(40);
            Assert.Empty(home.RunProcesses);
            AiosHome.Execute(connection, "ROLLBACK");
        }

        File.WriteAllText(home.In("again"), "");
        home.Start();
        Assert.Equal("succeeded", home.Closed(trigger).Status);
    }

    [RequiresFact(Need.Mount)]
    public void A_full_disk_loses_nothing_that_was_acknowledged_and_it_goes_on_when_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("aios-full-").FullName;
        Assert.True(Needs.Mount(folder, "4m"));
        try
        {
            var room = Path.Combine(folder, "fill");
            using var home = new AiosHome(
                "[{name: talk, type: trigger, command: [sh, -c, 'i=0; while [ $i -lt 40 ]; do echo a line that takes some room in the "
                    + "log; i=$((i+1)); done']}]",
                Directory.CreateDirectory(Path.Combine(folder, "home")).FullName
            );
            var daemon = home.Start();
            home.InsertMany("talk", 100);
            var fill = new byte[4096];
            using (var file = File.Create(room))
            {
                try
                {
                    while (true)
                        file.Write(fill);
                }
                catch (IOException)
                {
                    // Full.
                }
            }

            home.WaitFor(
                () =>
                    daemon.Output.Contains("is full", StringComparison.Ordinal)
                    || daemon.Output.Contains("answered with an error", StringComparison.Ordinal),
                "the trouble is told"
            );
            home.Holds(() => !daemon.HasExited, "the daemon lives", 1);
            File.Delete(room);
            home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "all are closed", 60);
            Assert.Equal(100, home.Get<int>("SELECT count(*) FROM triggers"));
            Assert.Equal("ok", home.Get<string>("PRAGMA integrity_check"));
            Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers WHERE status <> 'succeeded'"));
            Assert.Equal(0, daemon.Stop());
        }
        finally
        {
            Needs.Unmount(folder);
            Directory.Delete(folder);
        }
    }

    [RequiresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_database_that_is_deleted_or_replaced_ends_the_runs_and_the_daemon(bool replaced)
    {
        using var home = new AiosHome(
            """
            - {name: long, type: trigger, grace: 1s, command: [sh, -c, 'setsid sleep 1000 & sleep 1000']}
            - {name: server, type: always, grace: 1s, command: [sleep, '1000']}
            """
        );
        var daemon = home.Start();
        home.Insert("long");
        home.WaitFor(() => home.RunProcesses.Count == 4, "both run");
        if (replaced)
        {
            File.WriteAllText(home.In("other.db"), "");
            File.Move(home.In("other.db"), home.Database, overwrite: true);
        }
        else
        {
            File.Delete(home.Database);
        }

        Assert.Equal(1, daemon.WaitForExit(15));
        Assert.Empty(home.RunProcesses);
        Assert.Contains("deleted or replaced", daemon.Output, StringComparison.Ordinal);
        // It was not made again behind anybody's back.
        if (replaced)
            Assert.Equal(0, new FileInfo(home.Database).Length);
        else
            Assert.False(File.Exists(home.Database));
        home.Start();
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers WHERE job_name = 'long'"));
    }

    [RequiresTheory]
    [InlineData("-wal", false)]
    [InlineData("-wal", true)]
    [InlineData("-shm", false)]
    [InlineData("-shm", true)]
    public void A_write_ahead_log_that_is_taken_away_ends_the_daemon_and_loses_nothing(string suffix, bool replaced)
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start([], "--journal", "wal");
        home.Closed(home.Insert("work"));
        File.Delete(home.Database + suffix);
        if (replaced)
            File.WriteAllText(home.Database + suffix, "");

        Assert.Equal(1, daemon.WaitForExit(15));
        Assert.Contains($"orchestrator.db{suffix} was deleted or replaced", daemon.Output, StringComparison.Ordinal);
        home.Start();
        Assert.Equal("succeeded", home.Get<string>("SELECT status FROM triggers WHERE id = 1"));
        home.Closed(home.Insert("work"));
    }

    [RequiresFact]
    public void It_is_not_ready_as_soon_as_the_database_takes_no_writes()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Cli("health", "--ready").Exits(0);
        using (var other = home.Open())
        {
            AiosHome.Execute(other, "BEGIN IMMEDIATE");
            var told = home.Cli("health", "--ready", "--json").Exits(1).Json;
            Assert.False(told.GetProperty("ready").GetBoolean());
            Assert.Contains("is locked by another process", told.GetProperty("detail").GetString(), StringComparison.Ordinal);
            home.Cli("health", "--live").Exits(0);
        }

        home.Cli("health", "--ready").Exits(0);
    }

    [RequiresFact(Need.Immutable)]
    public void It_is_not_ready_as_soon_as_nothing_can_be_made_in_the_folder_and_says_so()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.Closed(home.Insert("work"));
        Assert.True(Needs.Immutable(home.Folder, immutable: true));
        try
        {
            Assert.Contains("permissions of its folder", home.Cli("health", "--ready").Exits(1).Out, StringComparison.Ordinal);
            Assert.Contains("permissions of its folder", home.Cli("health").Exits(1).Out, StringComparison.Ordinal);
        }
        finally
        {
            Needs.Immutable(home.Folder, immutable: false);
        }

        home.Cli("health", "--ready").Exits(0);
    }

    [RequiresFact]
    public void Wal_mode_works_through_a_kill_and_back_to_a_single_file()
    {
        using var home = new AiosHome(Jobs);
        var daemon = home.Start([], "--journal", "wal");
        Assert.Equal("wal", home.Get<string>("PRAGMA journal_mode"));
        home.InsertMany("work", 500);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'") > 50, "work goes on");
        daemon.Kill();
        daemon = home.Start([("AIOS_JOURNAL", "wal")]);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL") == 0, "all are closed");
        var lost = home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'lost'");
        Assert.Equal(500, lost + home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
        Assert.InRange(lost, 0, 30);
        Assert.Equal(0, daemon.Stop());
        // The mode belongs to the file: it stays until another is asked for.
        Assert.Equal(0, home.Start().Stop());
        Assert.Equal("wal", home.Get<string>("PRAGMA journal_mode"));
        Assert.Equal(0, home.Start([], "--journal", "rollback").Stop());
        Assert.Equal("delete", home.Get<string>("PRAGMA journal_mode"));
        Assert.False(File.Exists(home.Database + "-wal"));
    }

    [RequiresTheory]
    [InlineData("wal")]
    [InlineData("rollback")]
    public void Rows_are_noticed_at_once_and_not_only_by_the_look_of_each_second(string journal)
    {
        const int rows = 10;
        using var home = new AiosHome("[{name: nothing, type: trigger, command: ['true']}]");
        home.Start("--journal", journal);
        // It stays open all the time: to close one is a sign of its own.
        using var client = home.Open();
        using var isOpen = client.CreateCommand();
        isOpen.CommandText = "SELECT EXISTS (SELECT 1 FROM triggers WHERE processed IS NULL)";
        var began = Stopwatch.GetTimestamp();
        for (var row = 0; row < rows; row++)
        {
            AiosHome.Execute(client, "INSERT INTO triggers (job_name) VALUES ('nothing')");
            home.WaitFor(() => (long)isOpen.ExecuteScalar()! == 0, "it is closed");
        }

        // By that look alone each would take nine tenths of a second.
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, rows * 0.6);
    }

    [RequiresFact]
    public void A_folder_in_the_place_of_the_database_is_a_clear_error()
    {
        using var home = new AiosHome(Jobs);
        Directory.CreateDirectory(home.Database);
        var daemon = home.Launch([]);
        Assert.Equal(1, daemon.WaitForExit());
        Assert.Contains("is a folder", daemon.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", daemon.Output, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_file_that_is_no_database_is_a_clear_error_and_is_left_as_it_was()
    {
        using var home = new AiosHome(Jobs);
        var text = string.Concat(Enumerable.Repeat("These are notes and no database.\n", 100));
        File.WriteAllText(home.Database, text);
        var daemon = home.Launch([]);
        Assert.Equal(1, daemon.WaitForExit());
        Assert.Contains("not a SQLite database", daemon.Output, StringComparison.Ordinal);
        var status = home.Cli("status").Exits(1);
        Assert.DoesNotContain("   at ", daemon.Output + status.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(home.Database));
    }

    [RequiresFact]
    public void An_empty_file_becomes_the_database()
    {
        using var home = new AiosHome(Jobs);
        File.WriteAllText(home.Database, "");
        home.Cli("status").Exits(0);
        home.Start();
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
    }

    [RequiresFact]
    public void A_database_of_a_newer_version_is_refused()
    {
        using var home = new AiosHome(Jobs);
        home.Drain();
        home.Execute("PRAGMA user_version = 9999");
        var daemon = home.Launch([]);
        Assert.Equal(1, daemon.WaitForExit());
        Assert.Contains("newer AIOS", daemon.Output, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_trigger_deleted_while_its_run_goes_on_does_no_harm()
    {
        using var home = new AiosHome("[{name: slow, type: trigger, command: [sleep, '0.5']}]");
        var daemon = home.Start();
        var trigger = home.Insert("slow");
        home.WaitFor(() => home.Runs(trigger).Count == 1, "it runs");
        home.Execute("DELETE FROM triggers");
        home.WaitFor(() => home.Runs(trigger)[0].Status == "succeeded", "its run is recorded");
        Assert.Equal("succeeded", home.Closed(home.Insert("slow")).Status);
        Assert.False(daemon.HasExited);
    }
}
