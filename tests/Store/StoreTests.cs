using Aios.Store;
using Aios.Store.Sqlite;
using Aios.Store.Triggers;
using Aios.Tests.Support;

namespace Aios.Tests.Store;

/// <summary>The one writer, on a real file that others use, too.</summary>
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
    public async Task Work_from_many_threads_is_all_done()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => Task.Run(() => _store.Write(queue => queue.Triggers.Add(New($"job{number}")))))).WaitAsync(HangGuard);
        Assert.Equal(500, ids.Distinct().Count());
        Assert.Equal(500, _other.Scalar<long>("SELECT count(*) FROM triggers"));
    }

    [Fact]
    public async Task Work_that_fails_fails_alone()
    {
        _other.Do("BEGIN IMMEDIATE");
        var before = _store.Write(queue => queue.Triggers.Add(New("before")));
        var bad = _store.Write<int>(queue =>
        {
            queue.Triggers.Add(New("half done"));
            throw new InvalidOperationException("at fault");
        });
        var after = _store.Write(queue => queue.Triggers.Add(New("after")));
        _other.Do("COMMIT");
        await Task.WhenAll(before, after).WaitAsync(HangGuard);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad.WaitAsync(HangGuard));
        Assert.Equal(["before", "after"], _other.Column("SELECT job_name FROM triggers ORDER BY id"));
    }

    [Fact]
    public async Task A_lock_held_by_others_is_told_and_waited_for()
    {
        var told = new TaskCompletionSource<StoreTrouble>();
        var over = new TaskCompletionSource();
        _store.TroubleChanged += trouble =>
        {
            if (trouble is null) over.TrySetResult();
            else told.TrySetResult(trouble);
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

    [Fact]
    public async Task Commits_of_others_are_noticed_and_our_own_are_not()
    {
        await _store.ForeignCommit().WaitAsync(HangGuard);
        Assert.False(await _store.ForeignCommit().WaitAsync(HangGuard));
        await _store.Write(queue => queue.Triggers.Add(New("ours"))).WaitAsync(HangGuard);
        Assert.False(await _store.ForeignCommit().WaitAsync(HangGuard));
        _other.Trigger("theirs");
        Assert.True(await _store.ForeignCommit().WaitAsync(HangGuard));
        Assert.False(await _store.ForeignCommit().WaitAsync(HangGuard));
    }

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    private static NewTrigger New(string job) => new(job, TriggerSource.CommandLine, DateTimeOffset.UnixEpoch);
}
