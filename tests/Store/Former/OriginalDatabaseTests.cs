using Aios.Store;
using Aios.Store.Sqlite;

namespace Aios.Tests.Store.Former;

/// <summary>A database of the Python original with what its users wrote into it, rightly and wrongly.</summary>
public sealed class OriginalDatabaseTests
{
    private static readonly FormerDatabase Original = FormerDatabase.Named(FormerDatabase.Original);

    [Fact]
    public void Each_row_of_each_table_is_kept()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["before.db", "after.db"])
            Original.Restore(folder.File(file));
        using (var connection = SqliteStoreConnection.Open(folder.File("after.db")))
            Assert.Equal(32, connection.Write(store => store.Config.DatabaseId()).Length);
        using var before = new Sql(folder.File("before.db"));
        using var after = new Sql(folder.File("after.db"));
        foreach (var table in (string[])["jobs", "logs", "triggers", "scheduled_jobs"])
            Assert.Equal(FormerDatabase.Rows(before, table, before), FormerDatabase.Rows(before, table, after));
        Assert.Superset(
            FormerDatabase.Rows(before, "config", before).ToHashSet(),
            FormerDatabase.Rows(before, "config", after).ToHashSet()
        );
        Assert.Equal("ok", after.Scalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public void What_was_handed_over_is_not_run_and_what_is_open_is_judged()
    {
        using var rig = DaemonRig.At(Original.Taken, Original.Sql, FormerDatabase.Jobs);
        rig.PassToEnd();
        foreach (var id in (long[])[1, 2, 12])
            Assert.StartsWith("unknown: handed over by the Python orchestrator", rig.Trigger(id), StringComparison.Ordinal);
        Assert.Equal("succeeded", rig.Trigger(3));
        Assert.StartsWith("waiting: ", rig.Trigger(4), StringComparison.Ordinal);
        Assert.StartsWith("failed: args: ", rig.Trigger(5), StringComparison.Ordinal);
        Assert.StartsWith("failed: args: ", rig.Trigger(6), StringComparison.Ordinal);
        Assert.StartsWith("failed: job_name: ", rig.Trigger(7), StringComparison.Ordinal);
        Assert.Equal("succeeded: nothing of the job ran", rig.Trigger(9));
        // Its daily job has run this morning.
        Assert.Empty(rig.Sql.Column("SELECT id FROM triggers WHERE job_name = 'daily9'"));
        Assert.Equal(13, rig.Sql.Scalar<long>("SELECT min(id) FROM triggers WHERE source <> 'insert'"));
    }
}
