using Aios.Store;
using Aios.Store.Sqlite;
using Aios.Store.Triggers;

namespace Aios.Tests.Store;

/// <summary>
/// The one writer where SQLite shows: what it says of a lock, and readers that hold up commits. The contract has the rest.
/// </summary>
public sealed class StoreTests : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;
    private readonly Sql _other;

    public StoreTests()
    {
        var path = _folder.File("orchestrator.db");
        _store = new SqliteStore(SqliteStoreConnection.Open(path), TimeProvider.System);
        _other = new Sql(path);
    }

    [Fact]
    public async Task A_lock_held_by_others_is_told_and_waited_for()
    {
        var told = new TaskCompletionSource<StoreTrouble>();
        var over = new TaskCompletionSource();
        _store.TroubleChanged += trouble =>
        {
            if (trouble is null)
                over.TrySetResult();
            else
                told.TrySetResult(trouble);
        };
        _other.Do("BEGIN EXCLUSIVE");
        var write = _store.Write(queue => queue.Triggers.Add(New("a")));
        var trouble = await told.Task.WaitAsync(HangGuard);
        Assert.Contains("is locked by another process", trouble.What, StringComparison.Ordinal);
        Assert.False(write.IsCompleted);
        _other.Do("COMMIT");
        Assert.NotNull(await write.WaitAsync(HangGuard));
        await over.Task.WaitAsync(HangGuard);
        Assert.Null(_store.Trouble);
    }

    [Fact]
    public async Task A_reader_that_takes_its_time_holds_up_a_commit_but_does_not_lose_it()
    {
        _other.Do("BEGIN");
        _other.Scalar<long>("SELECT count(*) FROM triggers");
        var write = _store.Write(queue => queue.Triggers.Add(New("a")));
        await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1.5)));
        Assert.False(write.IsCompleted);
        _other.Do("COMMIT");
        await write.WaitAsync(HangGuard);
        Assert.Equal(1, _other.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static NewTrigger New(string job) => new(job, TriggerSource.CommandLine, DateTimeOffset.UnixEpoch);
}
