using Aios.Store;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Schema;
using Aios.Store.Sqlite.Tables;

namespace Aios.Tests.Store.Former;

/// <summary>A database of each former version is brought forward with all that it holds.</summary>
public sealed class FormerDatabaseTests : IDisposable
{
    // A row that the step to schema 5 renumbers, because SQLite takes no new row while it is there.
    private const string IsRenumbered = "note LIKE 'largest%'";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Each => [.. FormerDatabase.Names];

    public static TheoryData<string> Stopped =>
        [.. FormerDatabase.Names.Where(name => name.EndsWith("-stopped", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Each))]
    public void Each_row_of_each_table_is_kept(string name)
    {
        using var before = Restored(name, "before.db");
        using var after = Migrated(name);
        var tables = before.Column("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
        Assert.Superset(new HashSet<string>(["triggers", "runs", "logs", "schedules", "audit", "notices"]), tables.ToHashSet());
        foreach (var table in tables)
        {
            var where = table == "triggers" ? $"note IS NULL OR NOT {IsRenumbered}" : "true";
            var rows = FormerDatabase.Rows(before, table, before, where);
            Assert.NotEmpty(rows);
            Assert.Equal(rows, FormerDatabase.Rows(before, table, after, where));
        }

        Assert.Equal("ok", after.Scalar<string>("PRAGMA integrity_check"));
        Assert.Equal(Migrator.Newest, after.Scalar<long>("PRAGMA user_version"));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_schema_is_that_of_a_new_database(string name)
    {
        using (SqliteStoreConnection.Open(_folder.File("new.db"))) { }
        using var fresh = new Sql(_folder.File("new.db"));
        using var after = Migrated(name);
        Assert.Equal(Schema(fresh), Schema(after));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Who_reads_what_it_lacks_is_told_what_brings_it_forward(string name)
    {
        using (Restored(name, "before.db")) { }
        using var reader = Databases.At(_folder.File("before.db")).Read()!;
        var error = Assert.Throws<StoreException>(() => reader.Calls.Attempts(1));
        Assert.Contains("a former version of AIOS has written it (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("); start the daemon, which brings it forward", error.Message, StringComparison.Ordinal);
    }

    // Its note was all that named the run.
    [Theory]
    [MemberData(nameof(Each))]
    public void A_tool_in_line_knows_the_run_that_asked_for_it(string name)
    {
        using (var before = Restored(name, "after.db"))
        {
            before.Do(
                "INSERT INTO triggers (id, job_name, source, note) VALUES (91, 't', 'tool', 'a tool of run 12 (ask)'), "
                    + "(92, 't', 'tool', 'mine'), (93, 't', 'insert', 'a tool of run 7 (x)')"
            );
        }

        using (SqliteStoreConnection.Open(_folder.File("after.db"))) { }
        using var after = new Sql(_folder.File("after.db"));
        Assert.Equal(["12", "", ""], after.Column("SELECT coalesce(parent_run_id, '') FROM triggers WHERE job_name = 't' ORDER BY id"));
    }

    [Theory]
    [MemberData(nameof(Stopped))]
    public void A_row_beyond_all_numbers_gets_a_number_and_a_new_row_the_next(string name)
    {
        using var after = Migrated(name);
        var renumbered = after.Scalar<long>($"SELECT id FROM triggers WHERE {IsRenumbered}");
        Assert.InRange(renumbered, 1, IdSpace.Largest);
        Assert.Equal(renumbered + 1, after.Trigger("add"));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void An_occurrence_of_a_date_has_the_key_of_its_instant(string name)
    {
        using var after = Migrated(name);
        foreach (var job in (string[])["daily9", "drawn"])
        {
            Assert.Equal(
                after.Column(
                    "SELECT 'occurrence:' || ?1 || '@' || CAST(round(occurrence * 1000) AS INTEGER) FROM triggers WHERE job_name = ?1",
                    job
                ),
                after.Column("SELECT dedup_key FROM triggers WHERE job_name = ?1", job)
            );
            Assert.Single(after.Column("SELECT dedup_key FROM triggers WHERE job_name = ?1", job));
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void No_occurrence_runs_again_and_the_next_one_runs_once(string name)
    {
        var former = FormerDatabase.Named(name);
        using var rig = DaemonRig.At(former.Taken, former.Sql, FormerDatabase.Jobs);
        var made = Occurrences(rig);
        rig.PassToEnd();
        Assert.Equal(made, Occurrences(rig));
        Assert.Equal(6, former.Next.Count);
        Assert.All(former.Next, next => Assert.Equal(next.Value, rig.Coming(rig.List.Find(next.Key)!)));

        rig.TickAfter(former.Next["quarterly"] - former.Taken);
        rig.PassToEnd();
        Assert.Equal(made.Append("quarterly").Order(), Occurrences(rig));
    }

    [Theory]
    [MemberData(nameof(Stopped))]
    public void What_no_daemon_had_seen_is_judged_and_what_waits_runs_when_it_is_due(string name)
    {
        var former = FormerDatabase.Named(name);
        using var rig = DaemonRig.At(former.Taken, former.Sql, FormerDatabase.Jobs);
        var (due, late) = (Trigger("note = 'unseen' AND run_at IS NOT NULL"), Trigger("dedup_key = 'in two days'"));
        rig.PassToEnd();
        Assert.Equal("succeeded", rig.Trigger(Trigger("args = '[8, 9]'")));
        Assert.Equal("succeeded", rig.Trigger(Trigger(IsRenumbered)));
        Assert.StartsWith("failed: args: ", rig.Trigger(Trigger("args = '[8'")), StringComparison.Ordinal);
        Assert.StartsWith("waiting: ", rig.Trigger(Trigger("job_name = 'gpu_only'")), StringComparison.Ordinal);
        Assert.StartsWith("waiting: ", rig.Trigger(Trigger("job_name = 'off'")), StringComparison.Ordinal);
        Assert.StartsWith("waiting: ", rig.Trigger(due), StringComparison.Ordinal);

        rig.Clock.Advance(former.Taken.Date.AddDays(1) - former.Taken.DateTime);
        rig.PassToEnd();
        Assert.Equal(("succeeded", true), (rig.Trigger(due), rig.Trigger(late).StartsWith("waiting", StringComparison.Ordinal)));
        rig.Clock.Advance(TimeSpan.FromDays(2));
        rig.PassToEnd();
        Assert.Equal("succeeded", rig.Trigger(late));

        long Trigger(string which) => rig.Sql.Scalar<long>($"SELECT id FROM triggers WHERE {which}");
    }

    [Fact]
    public void The_schema_that_was_landed_first_is_among_them() => Assert.Contains("schema1-stopped", FormerDatabase.Names);

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private Sql Restored(string name, string file)
    {
        FormerDatabase.Named(name).Restore(_folder.File(file));
        return new Sql(_folder.File(file));
    }

    private Sql Migrated(string name)
    {
        Restored(name, "after.db").Dispose();
        using (SqliteStoreConnection.Open(_folder.File("after.db"))) { }
        return new Sql(_folder.File("after.db"));
    }

    private static List<string> Schema(Sql sql) => sql.Column("SELECT type || ' ' || name FROM sqlite_master ORDER BY 1");

    private static List<string> Occurrences(DaemonRig rig) =>
        [.. rig.Sql.Column("SELECT job_name FROM triggers WHERE source IN ('schedule', 'catch_up')").Order()];
}
