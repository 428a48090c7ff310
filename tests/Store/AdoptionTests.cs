using Aios.Store;
using Aios.Store.Sqlite;

namespace Aios.Tests.Store;

/// <summary>Databases that AIOS did not make.</summary>
public sealed class AdoptionTests
{
    private const string Jobs =
        "CREATE TABLE jobs (job_name TEXT PRIMARY KEY, status TEXT NOT NULL, device TEXT NOT NULL, last_update REAL NOT NULL);"
        + "INSERT INTO jobs VALUES ('report', 'completed', 'old', 5.5);";

    private const string Logs =
        "CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL, "
        + "device TEXT NOT NULL);"
        + "INSERT INTO logs (timestamp, level, message, device) VALUES (1.5, 'INFO', 'hello', 'old');";

    private const string Triggers =
        "CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT NOT NULL, args TEXT NOT NULL, kwargs TEXT NOT NULL, "
        + "created REAL NOT NULL, processed REAL);"
        + "INSERT INTO triggers (job_name, args, kwargs, created, processed) VALUES ('report', '[1]', '{}', 1.0, 2.0), ('report', '[2]', "
        + "'{\"a\": 1}', 3.0, NULL);";

    private const string ScheduledJobs =
        "CREATE TABLE scheduled_jobs (name TEXT PRIMARY KEY, file TEXT NOT NULL, function TEXT NOT NULL, type TEXT NOT NULL, tags TEXT, "
        + "retries INTEGER DEFAULT 3);"
        + "INSERT INTO scheduled_jobs VALUES ('report', 'r.py', 'f', 'trigger', '[]', 3);";

    private const string Config =
        "CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT, updated REAL); INSERT INTO config VALUES ('theme', 'dark', 1.0);";

    public static TheoryData<int> EachSubset() => [.. Enumerable.Range(0, 32)];

    [Theory]
    [MemberData(nameof(EachSubset))]
    public void Any_of_the_originals_tables_are_taken_over_with_all_they_hold(int subset)
    {
        string[] parts = [Jobs, Logs, Triggers, ScheduledJobs, Config];
        var existing = string.Concat(parts.Where((_, part) => (subset & (1 << part)) != 0));
        using var rig = DaemonRig.On(existing, DaemonRig.Job("report"));
        if ((subset & 1) != 0)
            Assert.Equal("completed", rig.Sql.Scalar<string>("SELECT status FROM jobs WHERE job_name = 'report'"));
        if ((subset & 2) != 0)
            Assert.Equal("hello", rig.Sql.Scalar<string>("SELECT message FROM logs WHERE id = 1"));
        if ((subset & 8) != 0)
            Assert.Equal("f", rig.Sql.Scalar<string>("SELECT function FROM scheduled_jobs"));
        if ((subset & 16) != 0)
            Assert.Equal("dark", rig.Sql.Scalar<string>("SELECT value FROM config WHERE key = 'theme'"));
        if ((subset & 4) == 0)
            return;

        Assert.StartsWith("unknown: handed over by the Python orchestrator", rig.Trigger(1), StringComparison.Ordinal);
        var run = Assert.Single(rig.Tick());
        Assert.Equal((2, "[2]", "{\"a\": 1}"), (run.Request.TriggerId, run.Request.ArgsJson, run.Request.KwargsJson));
        var inserted = rig.Sql.Trigger("report");
        Assert.Equal(inserted, Assert.Single(rig.Tick()).Request.TriggerId);
    }

    [Fact]
    public void A_table_that_allows_what_it_should_not_harms_nobody()
    {
        using var rig = DaemonRig.On(
            "CREATE TABLE triggers (id INTEGER PRIMARY KEY, job_name, args, kwargs, created, processed, priority, run_at)",
            DaemonRig.Job("a")
        );
        rig.Sql.Do("INSERT INTO triggers (job_name) VALUES (NULL), (7), (x'00ff'), ('a')");
        rig.Sql.Do("INSERT INTO triggers (job_name, args) VALUES ('a', x'5b315d')");
        rig.Sql.Do("INSERT INTO triggers (job_name, priority) VALUES ('a', 'high')");
        rig.Sql.Do("INSERT INTO triggers (job_name, run_at) VALUES ('a', 'tomorrow')");
        rig.Sql.Do("INSERT INTO triggers (job_name, args, kwargs) VALUES ('a', 'null', 'null')");
        rig.Sql.Do("INSERT INTO triggers (job_name, created) VALUES ('a', 'long ago')");
        var started = rig.Tick(freeSlots: 100);
        Assert.Equal([4, 5, 8, 9], started.Select(run => run.Request.TriggerId));
        Assert.Equal("[1]", started[1].Request.ArgsJson);
        Assert.Equal("failed: job_name: expected the name of a job, found null", rig.Trigger(1));
        Assert.Equal("failed: job_name: expected the name of a job, found integer", rig.Trigger(2));
        Assert.Equal("failed: job_name: expected the name of a job, found blob", rig.Trigger(3));
        Assert.Equal("failed: priority: expected a whole number, found text", rig.Trigger(6));
        Assert.Equal("failed: run_at: expected Unix seconds (a number), found text", rig.Trigger(7));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var sql = new Sql(folder.File("orchestrator.db")))
            sql.Do("PRAGMA user_version = 1000");
        var error = Assert.Throws<StoreException>(() => SqliteStoreConnection.Open(folder.File("orchestrator.db")));
        Assert.Contains("newer AIOS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_explained()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("orchestrator.db"));
        var error = Assert.Throws<StoreException>(() => SqliteStoreConnection.Open(folder.File("orchestrator.db")));
        Assert.Contains("Docker makes a folder where a mounted file is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("orchestrator.db"), new string('x', 5000));
        var error = Assert.Throws<StoreException>(() => SqliteStoreConnection.Open(folder.File("orchestrator.db")));
        Assert.Contains("not a SQLite database", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(folder.File("orchestrator.db")).Length);
    }

    [Fact]
    public void An_empty_file_is_good()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("orchestrator.db"), "");
        using var connection = SqliteStoreConnection.Open(folder.File("orchestrator.db"));
        Assert.Equal(32, connection.Write(queue => queue.Config.DatabaseId()).Length);
    }
}
