using Aios.Store;
using Aios.Store.Sqlite;
using Aios.Store.Triggers;

namespace Aios.Tests.Store;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DatabasePath => _folder.File("orchestrator.db");

    [Fact]
    public void A_new_file_has_a_rollback_journal_and_is_alone()
    {
        using (var connection = SqliteStoreConnection.Open(DatabasePath))
            connection.Write(queue => queue.Config.DatabaseId());
        using (var sql = new Sql(DatabasePath))
            Assert.Equal("delete", sql.Scalar<string>("PRAGMA journal_mode"));
        Assert.Equal([DatabasePath], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Who_names_no_mode_leaves_the_file_as_it_is_and_can_write_beside_others()
    {
        using var daemon = SqliteStoreConnection.Open(DatabasePath, JournalMode.Wal);
        using var other = SqliteStoreConnection.Open(DatabasePath);
        Assert.NotNull(other.Write(queue => queue.Triggers.Add(new NewTrigger("a", TriggerSource.CommandLine, DateTimeOffset.UnixEpoch))));
        Assert.Equal(1, daemon.Write(queue => queue.Triggers.NewestId()));
        using var sql = new Sql(DatabasePath);
        Assert.Equal("wal", sql.Scalar<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_mode_that_cannot_be_set_while_others_use_the_file_is_explained()
    {
        using var daemon = SqliteStoreConnection.Open(DatabasePath, JournalMode.Wal);
        daemon.Write(queue => queue.Config.DatabaseId());
        var error = Assert.Throws<StoreException>(() => SqliteStoreConnection.Open(DatabasePath, JournalMode.Rollback));
        Assert.Contains("start with --journal wal", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
