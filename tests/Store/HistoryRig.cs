using Aios.Store;
using Aios.Store.Pruning;
using Aios.Store.Sqlite;

namespace Aios.Tests.Store;

/// <summary>A database with history of any age in it, and pruning by hand.</summary>
internal sealed class HistoryRig : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public HistoryRig()
    {
        Path = _folder.File("orchestrator.db");
        Connection = SqliteStoreConnection.Open(Path, clock: Clock);
        Sql = new Sql(Path);
    }

    public string Path { get; }

    public FakeClock Clock { get; } = new();

    public SqliteStoreConnection Connection { get; }

    public Sql Sql { get; }

    public double Now => UnixTime.Of(Clock.GetUtcNow());

    /// <summary>What happened this many days ago, Unix seconds.</summary>
    public double Ago(double days) => Now - (days * 86_400);

    /// <summary>A closed trigger with one ended run of so many lines; the answer is the trigger's number.</summary>
    public long Closed(string job, double daysAgo, string? key = null, int lines = 1)
    {
        var trigger = Trigger(job, daysAgo, "succeeded", key);
        Run(trigger, job, daysAgo, "succeeded", lines);
        return trigger;
    }

    /// <summary>A trigger by itself; open if its status says so.</summary>
    public long Trigger(string job, double daysAgo, string status, string? key = null)
    {
        var isOpen = status is "queued" or "waiting" or "running";
        Sql.Do(
            "INSERT INTO triggers (job_name, created, status, dedup_key, processed) VALUES (?1, ?2, ?3, ?4, ?5)",
            job,
            Ago(daysAgo),
            status,
            key,
            isOpen ? null : Ago(daysAgo)
        );
        return Sql.Scalar<long>("SELECT last_insert_rowid()");
    }

    /// <summary>A run of a trigger, with lines.</summary>
    public long Run(long trigger, string job, double daysAgo, string status, int lines = 1)
    {
        Sql.Do(
            "INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started, ended) VALUES (?1, ?2, 1, ?3, 'here', "
                + "'boot', ?4, ?5)",
            trigger,
            job,
            status,
            Ago(daysAgo),
            status == "running" ? null : Ago(daysAgo)
        );
        var run = Sql.Scalar<long>("SELECT last_insert_rowid()");
        Lines(run, daysAgo, lines);
        return run;
    }

    /// <summary>Lines of a run, or of the daemon.</summary>
    public void Lines(long? run, double daysAgo, int count, int length = 20) =>
        Sql.Do(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?3)
            INSERT INTO logs (timestamp, level, message, device, run_id) SELECT ?2, 'INFO', substr('line ' || n || printf('%*c', ?4, 'x'), 1, ?4), 'here', ?1 FROM numbers WHERE ?3 > 0
            """,
            run,
            Ago(daysAgo),
            count,
            length
        );

    /// <summary>A whole round by these limits; the answer is how many steps it took.</summary>
    public int Prune(RetentionLimits limits) => Prune(PruneCutoffs.Of(limits, Clock.GetUtcNow()));

    /// <summary>A whole round.</summary>
    public int Prune(PruneCutoffs cutoffs)
    {
        var steps = 0;
        for (var place = PruneCursor.Start; place.Stage != PruneStage.Done; steps++)
        {
            place = Connection.Write(queue => queue.History.Prune(cutoffs, place, Clock)).Place;
        }

        return steps;
    }

    /// <summary>Numbers of the rows that are left.</summary>
    public List<string> Left(string table) => Sql.Column($"SELECT CAST(id AS TEXT) FROM {table} ORDER BY id");

    public long Count(string table, string where = "1") => Sql.Scalar<long>($"SELECT count(*) FROM {table} WHERE {where}");

    public void Dispose()
    {
        Sql.Dispose();
        Connection.Dispose();
        _folder.Dispose();
    }
}
