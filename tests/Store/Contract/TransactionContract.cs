using Aios.Store;

namespace Aios.Tests.Store.Contract;

/// <summary>All or nothing, whoever writes at the same time, and whatever dies half-way.</summary>
public abstract class TransactionContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    [Fact]
    public void A_transaction_that_fails_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() =>
            In(store =>
            {
                store.Triggers.Add(New());
                store.State.Set("a", "key", "1", Now);
                throw new InvalidOperationException("half-way");
            })
        );
        Assert.Equal((0L, null), In(store => (store.Triggers.NewestId(), store.State.Find("a", "key"))));
    }

    [Fact]
    public void An_attempt_that_fails_takes_back_its_own_part_only()
    {
        In(store =>
        {
            store.Triggers.Add(New("kept"));
            Assert.Throws<InvalidOperationException>(() =>
                store.Attempt(() =>
                {
                    store.Triggers.Add(New("taken back"));
                    throw new InvalidOperationException("half-way");
                })
            );
            store.Triggers.Add(New("kept, too"));
        });
        Assert.Equal(["kept", "kept, too"], In(store => store.Triggers.Front(10)).Select(row => row.JobName));
    }

    [Fact]
    public void What_dies_half_way_changes_nothing()
    {
        var ids = In(store =>
            Enumerable.Range(0, 500).Select(_ => store.Triggers.Add(New() with { Note = new string('x', 200) })).ToList()
        );
        Fixture.DieHalfWay();
        using var reader = Database.Read()!;
        Assert.Equal(500, reader.Line().Queued);
        Assert.All(ids, id => Assert.True(In(store => store.Triggers.Claim(id!.Value))));
    }

    [Fact]
    public async Task Each_row_is_claimed_once_by_many_who_try()
    {
        const int rows = 200;
        In(store =>
        {
            for (var i = 0; i < rows; i++)
                store.Triggers.Add(New());
        });
        var claimed = await Task.WhenAll(Enumerable.Range(0, 4).Select(device => Task.Run(() => ClaimAll($"device{device}"))))
            .WaitAsync(HangGuard);
        Assert.Equal(rows, claimed.Sum());
        Assert.Equal(rows, In(store => store.Runs.GoingOn("job")));
        Assert.All(Read(reader => reader.Runs(rows)).GroupBy(run => run.TriggerId), runs => Assert.Single(runs));
    }

    [Fact]
    public async Task Work_from_many_threads_is_all_done()
    {
        using var store = Database.Connect().StartWriter(TimeProvider.System);
        var ids = await Task.WhenAll(
                Enumerable.Range(0, 500).Select(number => Task.Run(() => store.Write(work => work.Triggers.Add(New($"job{number}")))))
            )
            .WaitAsync(HangGuard);
        Assert.Equal(500, ids.Distinct().Count());
        Assert.Equal(500, Read(reader => reader.Line()).Queued);
    }

    [Fact]
    public async Task Work_that_fails_fails_alone()
    {
        using var store = Database.Connect().StartWriter(TimeProvider.System);
        Task<long?> before,
            after;
        Task<int> bad;
        using (Held())
        {
            before = store.Write(work => work.Triggers.Add(New("before")));
            bad = store.Write<int>(work =>
            {
                work.Triggers.Add(New("half done"));
                throw new InvalidOperationException("at fault");
            });
            after = store.Write(work => work.Triggers.Add(New("after")));
        }

        await Task.WhenAll(before, after).WaitAsync(HangGuard);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad.WaitAsync(HangGuard));
        Assert.Equal(["before", "after"], In(work => work.Triggers.Front(10)).Select(row => row.JobName));
    }

    [Fact]
    public async Task A_lock_that_others_hold_is_reported_and_waited_for()
    {
        using var store = Database.Connect().StartWriter(TimeProvider.System);
        var reported = new TaskCompletionSource<StoreTrouble>();
        var over = new TaskCompletionSource();
        store.TroubleChanged += trouble =>
        {
            if (trouble is null)
                over.TrySetResult();
            else
                reported.TrySetResult(trouble);
        };
        Task<long?> write;
        using (Held())
        {
            write = store.Write(work => work.Triggers.Add(New()));
            Assert.False((await reported.Task.WaitAsync(HangGuard)).IsDamage);
            Assert.False(write.IsCompleted);
        }

        Assert.NotNull(await write.WaitAsync(HangGuard));
        await over.Task.WaitAsync(HangGuard);
        Assert.Null(store.Trouble);
    }

    [Fact]
    public void A_command_gives_up_on_a_lock_in_time()
    {
        using var other = Database.Connect();
        using (Held())
        {
            var error = Assert.Throws<StoreException>(() => other.Write(store => store.Triggers.Add(New()), TimeSpan.FromMilliseconds(50)));
            Assert.Equal(StoreFault.Locked, error.Fault);
        }
    }

    [Fact]
    public async Task Commits_of_others_are_noticed_and_our_own_are_not()
    {
        using var store = Database.Connect().StartWriter(TimeProvider.System);
        await store.ForeignCommit().WaitAsync(HangGuard);
        await store.Write(work => work.Triggers.Add(New())).WaitAsync(HangGuard);
        Assert.False(await store.ForeignCommit().WaitAsync(HangGuard));
        Fixture.InsertTrigger("theirs");
        Assert.True(await store.ForeignCommit().WaitAsync(HangGuard));
        Assert.False(await store.ForeignCommit().WaitAsync(HangGuard));
    }

    private int ClaimAll(string device)
    {
        using var connection = Database.Connect();
        var count = 0;
        while (
            connection.Write(store =>
            {
                if (store.Triggers.Front(1) is not [var row] || !store.Triggers.Claim(row.Id))
                    return false;
                store.Runs.Begin(row.Id, row.JobName!, 1, device, "boot", Now);
                return true;
            })
        )
            count++;
        return count;
    }

    // Another writer in the middle of its transaction, until this is disposed.
    private Holding Held()
    {
        var (begun, end) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        var holder = Task.Factory.StartNew(
            () =>
            {
                using var connection = Database.Connect();
                return connection.Write(store =>
                {
                    begun.Set();
                    end.Wait(HangGuard);
                    return true;
                });
            },
            TaskCreationOptions.LongRunning
        );
        Assert.True(begun.Wait(HangGuard));
        return new Holding(end, holder);
    }

    private sealed class Holding(ManualResetEventSlim end, Task holder) : IDisposable
    {
        public void Dispose()
        {
            end.Set();
            Assert.True(holder.Wait(HangGuard));
        }
    }
}
