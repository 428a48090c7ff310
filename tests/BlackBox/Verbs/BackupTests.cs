using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.BlackBox;

/// <summary><c>aios backup</c> and <c>aios restore</c>, as a person would use them.</summary>
public class BackupTests
{
    private const string Sleeper =
        "[{name: work, type: trigger, command: ['true']}, {name: slow, type: trigger, retries: 3, backoff: 100ms, command: [sh, -c, '[ -e "
        + "again ] || sleep 1000']}]";

    // Some tests open a database themselves, and may be the first to do so.
    static BackupTests() => SqliteLibrary.Use();

    [RequiresFact]
    public void A_copy_made_while_another_process_commits_all_the_time_is_consistent()
    {
        using var home = new AiosHome(Sleeper);
        home.Drain();
        home.Execute("CREATE TABLE money (id INTEGER PRIMARY KEY, amount INTEGER, filler TEXT)");
        home.Execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO money SELECT i, 100, "
                + "printf('%400d', i) FROM n"
        );
        using var stop = new CancellationTokenSource();
        var commits = 0;
        var writer = new Thread(() =>
        {
            using var connection = home.Open();
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref commits))
            {
                var (from, to) = (1 + (commits % 20000), 1 + (commits * 7919 % 20000));
                AiosHome.Execute(
                    connection,
                    "UPDATE money SET amount = amount + CASE id WHEN @1 THEN -1 ELSE 1 END WHERE id IN (@1, @2) AND @1 <> @2",
                    from,
                    to
                );
                Thread.Sleep(1);
            }
        });
        writer.Start();
        var result = home.Cli("backup", home.In("copy.db"));
        stop.Cancel();
        writer.Join();
        Assert.True(result.Status == 0, result.Error);
        Assert.True(commits > 0, "nobody committed meanwhile");
        Assert.StartsWith($"Copied {home.Database} to {home.In("copy.db")}: ", result.Out, StringComparison.Ordinal);
        Assert.Equal("ok", In(home.In("copy.db"), "PRAGMA integrity_check"));
        Assert.Equal("2000000", In(home.In("copy.db"), "SELECT CAST(sum(amount) AS TEXT) FROM money"));
        Assert.False(File.Exists(home.In("copy.db.part")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(home.In("copy.db")));
    }

    [RequiresFact]
    public void Runs_go_on_while_a_daemons_database_is_copied_and_none_is_half_there()
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: [echo, done]}]");
        var daemon = home.Start();
        home.InsertMany("work", 300);
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM runs") > 5, "runs have begun");
        var result = home.Cli("backup", "copy.db");
        Assert.True(result.Status == 0, result.Error);
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded' AND attempt = 1") == 300,
            "all are done",
            60
        );
        var copy = home.In("copy.db");
        Assert.Equal("ok", In(copy, "PRAGMA integrity_check"));
        Assert.Equal("300", In(copy, "SELECT CAST(count(*) AS TEXT) FROM triggers"));
        Assert.Equal(
            "0",
            In(
                copy,
                "SELECT CAST(count(*) AS TEXT) FROM triggers WHERE status = 'succeeded' AND id NOT IN (SELECT trigger_id FROM runs WHERE "
                    + "status = 'succeeded')"
            )
        );
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact]
    public void A_database_with_a_write_ahead_log_is_copied_whole_into_one_file()
    {
        using var home = new AiosHome(Sleeper);
        var daemon = home.Start("--journal", "wal");
        var trigger = home.Insert("work");
        home.Closed(trigger);
        Assert.Equal(0, home.Cli("backup", "copy.db").Status);
        Assert.Equal("succeeded", In(home.In("copy.db"), "SELECT status FROM triggers"));
        Assert.Equal("delete", In(home.In("copy.db"), "PRAGMA journal_mode"));
        Assert.Equal([home.In("copy.db")], Directory.GetFiles(home.Folder, "copy.db*"));
        Assert.Equal(0, daemon.Stop());
    }

    [RequiresFact]
    public void What_a_backup_must_not_write_to_is_refused()
    {
        using var home = new AiosHome(Sleeper);
        Refused(home.Cli("backup", "copy.db"), "there is no database at");
        home.Drain();
        File.WriteAllText(home.In("there"), "mine");
        File.CreateSymbolicLink(home.In("link"), home.Database);
        Refused(home.Cli("backup", "there"), "exists already");
        Refused(home.Cli("backup", "--force", "orchestrator.db"), "is the database itself");
        Refused(home.Cli("backup", "--force", "link"), "is the database itself");
        Refused(home.Cli("backup", "--force", "orchestrator.db-journal"), "part of it");
        Refused(home.Cli("backup", "Jobs"), "is a folder");
        Refused(home.Cli("backup", "no/such/folder"), "there is no folder");
        Refused(home.Cli("backup", "--force", "/dev/null"), "is not a regular file");
        Assert.Equal("mine", File.ReadAllText(home.In("there")));
        Assert.Equal(0, home.Cli("backup", "--force", "there").Status);
        Assert.Equal("ok", In(home.In("there"), "PRAGMA integrity_check"));
    }

    [RequiresFact(Need.Mount)]
    public void On_a_full_disk_a_backup_fails_cleanly_and_leaves_nothing()
    {
        var small = Directory.CreateTempSubdirectory("aios-small-").FullName;
        Assert.True(Needs.Mount(small, "1m"));
        try
        {
            using var home = new AiosHome(Sleeper);
            home.Drain();
            home.Execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO logs (timestamp, level, "
                    + "message, device) SELECT 1, 'INFO', printf('%1000d', i), 'x' FROM n"
            );
            var result = home.Cli("backup", Path.Combine(small, "copy.db"));
            Assert.Equal(1, result.Status);
            Assert.Contains("is full", result.Error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(small));
        }
        finally
        {
            Needs.Unmount(small);
            Directory.Delete(small);
        }
    }

    [RequiresFact]
    public void Killed_midway_a_backup_leaves_the_database_whole_and_the_next_one_takes_its_part_over()
    {
        using var home = Large();
        for (var i = 0; i < 5; i++)
        {
            KillMidway(home, i, "backup", "--force", "copy.db");
            Assert.Equal("ok", In(home.Database, "PRAGMA integrity_check"));
        }

        var result = home.Cli("backup", "--force", "copy.db");
        Assert.True(result.Status == 0, result.Error);
        Assert.Equal("ok", In(home.In("copy.db"), "PRAGMA integrity_check"));
        Assert.False(File.Exists(home.In("copy.db.part")));
    }

    [RequiresFact]
    public void Killed_midway_a_restore_leaves_the_old_or_the_new_database_whole()
    {
        using var home = Large();
        home.Cli("backup", "copy.db");
        home.Execute("DELETE FROM logs WHERE id > 20100");
        for (var i = 0; i < 8; i++)
        {
            KillMidway(home, i, "restore", "copy.db", "--yes");
            Assert.Equal("ok", In(home.Database, "PRAGMA integrity_check"));
            Assert.Contains(In(home.Database, "SELECT CAST(count(*) AS TEXT) FROM logs WHERE device = 'x'"), (string[])["20000", "40000"]);
        }

        var result = home.Cli("restore", "copy.db", "--yes");
        Assert.True(result.Status == 0, result.Error);
        Assert.Equal("40000", In(home.Database, "SELECT CAST(count(*) AS TEXT) FROM logs WHERE device = 'x'"));
    }

    [RequiresFact]
    public void A_run_that_went_on_in_the_copy_is_lost_after_the_restore_and_tried_again()
    {
        using var home = new AiosHome(Sleeper);
        var daemon = home.Start();
        var slow = home.Insert("slow");
        home.WaitFor(() => home.Runs(slow) is [{ Pid: not null }], "it runs");
        Assert.Equal(0, home.Cli("backup", "copy.db").Status);
        var later = home.Insert("work");
        home.Closed(later);
        Assert.Equal(0, daemon.Stop());

        var result = home.Cli("restore", "copy.db", "--yes");
        Assert.True(result.Status == 0, result.Error);
        Assert.Contains("1 run was running when the copy was made", result.Out, StringComparison.Ordinal);
        var kept = Assert.Single(Directory.GetFiles(home.Folder, "orchestrator.db.before-restore-*"));
        Assert.Equal("2", In(kept, "SELECT CAST(count(*) AS TEXT) FROM triggers"));
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM triggers"));

        File.WriteAllText(home.In("again"), "");
        home.Start();
        Assert.Equal("succeeded", home.Closed(slow).Status);
        Assert.Equal(["lost", "succeeded"], home.Runs(slow).Select(run => run.Status));
    }

    [RequiresFact]
    public void A_restore_is_refused_while_a_daemon_lives_and_for_what_is_no_copy()
    {
        using var home = new AiosHome(Sleeper);
        var daemon = home.Start();
        Assert.Equal(0, home.Cli("backup", "copy.db").Status);
        Refused(home.Cli("restore", "copy.db", "--yes"), "a daemon is running on", status: 1);
        Refused(home.Cli("restore", "--force", "copy.db", "--yes"), "a daemon is running on", status: 1);
        daemon.Kill();

        File.WriteAllText(home.In("text"), "this is no database, though long enough to be one");
        using (var foreign = new SqliteConnection($"Data Source={home.In("foreign.db")};Pooling=False"))
        {
            foreign.Open();
            AiosHome.Execute(foreign, "CREATE TABLE t (a)");
            AiosHome.Execute(foreign, "PRAGMA user_version = 1");
        }

        File.Copy(home.In("copy.db"), home.In("newer.db"));
        using (var newer = new SqliteConnection($"Data Source={home.In("newer.db")};Pooling=False"))
        {
            newer.Open();
            AiosHome.Execute(newer, "PRAGMA user_version = 999");
        }

        var torn = File.ReadAllBytes(home.In("copy.db"));
        torn.AsSpan(8192, 4096 * 4).Fill(0x5a);
        File.WriteAllBytes(home.In("torn.db"), torn);

        Refused(home.Cli("restore", "nothing.db"), "there is no file");
        Refused(home.Cli("restore", "orchestrator.db"), "is the database itself");
        Refused(home.Cli("restore", "text", "--yes"), "is not a SQLite database", status: 1);
        Refused(home.Cli("restore", "foreign.db", "--yes"), "is a database of another program", status: 1);
        Refused(home.Cli("restore", "newer.db", "--yes"), "was written by a newer AIOS", status: 1);
        Refused(home.Cli("restore", "torn.db", "--yes"), "is damaged", status: 1);
        Assert.DoesNotContain(Directory.GetFiles(home.Folder), path => path.Contains("orchestrator.db.", StringComparison.Ordinal));
        Assert.Equal(0, home.Cli("restore", "copy.db", "--yes").Status);
    }

    [RequiresFact]
    public void A_restore_puts_a_damaged_database_aside_and_leaves_no_journal_beside_the_new_one()
    {
        using var home = new AiosHome(Sleeper);
        home.Drain();
        Assert.Equal(0, home.Cli("backup", "copy.db").Status);
        File.WriteAllBytes(home.Database, [.. Enumerable.Repeat((byte)0x5a, 20_000)]);
        File.WriteAllText(home.Database + "-journal", "torn");
        var result = home.Cli("restore", "copy.db", "--yes");
        Assert.True(result.Status == 0, result.Error);
        Assert.Equal("ok", In(home.Database, "PRAGMA integrity_check"));
        Assert.False(File.Exists(home.Database + "-journal"));
        Assert.Contains(Directory.GetFiles(home.Folder), path =>
            path.Contains(".before-restore-", StringComparison.Ordinal) && File.ReadAllBytes(path).Length == 20_000
        );
        home.Drain();
    }

    private static AiosHome Large()
    {
        var home = new AiosHome(Sleeper);
        home.Drain();
        home.Execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) INSERT INTO logs (id, timestamp, level, "
                + "message, device) SELECT i + 100, 1, 'INFO', printf('%1000d', i), 'x' FROM n"
        );
        home.Execute("DELETE FROM logs WHERE id <= 100");
        return home;
    }

    // At another moment each time: once its part is there, and some time later.
    private static void KillMidway(AiosHome home, int number, params string[] arguments)
    {
        using var process = AiosProcess.Start(home.Folder, [arguments[0], "--home", home.Folder, .. arguments[1..]]);
        var part = arguments[0] == "backup" ? home.In("copy.db.part") : home.Database + ".part";
        home.WaitFor(() => process.HasExited || (File.Exists(part) && new FileInfo(part).Length > number * 6_000_000L), "it is midway");
        process.Signal(AiosProcess.Kill9);
        process.WaitForExit();
    }

    private static void Refused(CliResult result, string why, int status = 2)
    {
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.Equal(status, result.Status);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static string? In(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
