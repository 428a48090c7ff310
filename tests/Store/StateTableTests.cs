using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Reading;

namespace Aios.Tests.Store;

/// <summary>What programs remember, and how far their runs have come.</summary>
public sealed class StateTableTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStoreConnection _queue;

    public StateTableTests() => _queue = SqliteStoreConnection.Open(_folder.File("orchestrator.db"));

    [Fact]
    public void People_read_them_sorted_with_the_time_of_the_change()
    {
        Set("a", "z", "1");
        Set("a", "b", "[2]");
        Set("b", "c", "3");
        using var reader = SqliteStoreReader.Open(_folder.File("orchestrator.db"))!;

        Assert.Equal([new StateEntry("b", "[2]", Now), new StateEntry("z", "1", Now)], reader.State("a"));
        Assert.Equal([new StateEntry("z", "1", Now)], reader.State("a", "z"));
        Assert.Empty(reader.State("a", "no such key"));
    }

    [Fact]
    public void Progress_is_told_of_runs_that_go_on_only()
    {
        var (run, wasTold) = _queue.Write(queue =>
        {
            var id = queue.Runs.Begin(1, "job", 1, "here", "boot", Now);
            return (id, queue.Runs.Progress(id, 0.25, "a quarter"));
        });
        using var reader = SqliteStoreReader.Open(_folder.File("orchestrator.db"))!;
        var told = Assert.Single(reader.Runs(10));
        _queue.Write(queue => queue.Runs.End(run, new RunEnd(RunStatus.Failed, Now)));

        Assert.True(wasTold);
        Assert.Equal((0.25, "a quarter"), (told.Progress, told.ProgressText));
        Assert.False(_queue.Write(queue => queue.Runs.Progress(run, 0.5, null)));
        Assert.Equal(0.25, Assert.Single(reader.Runs(10)).Progress);
    }

    public void Dispose()
    {
        _queue.Dispose();
        _folder.Dispose();
    }

    private void Set(string job, string key, string json) =>
        _queue.Write(queue =>
        {
            queue.State.Set(job, key, json, Now);
            return true;
        });

    private string? Find(string job, string key) => _queue.Write(queue => queue.State.Find(job, key));
}
