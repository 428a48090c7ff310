using Aios.Store;
using Aios.Store.Pruning;

namespace Aios.Tests.Store.Contract;

/// <summary>A database as a whole: what it says of itself, who watches it, its copies, and what its writer reports.</summary>
public abstract class DatabaseContract<TFixture> : StoreContract<TFixture>
    where TFixture : IStoreFixture, new()
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void It_says_what_it_is()
    {
        var database = Database;
        Assert.True(database.Exists && database.IsCurrent && Directory.Exists(database.Folder) && database.Name.Length > 0);
        Assert.NotNull(database.Identity);
        Assert.Equal(database.Identity, database.Identity);
        Assert.NotNull(database.Journal);
        Assert.Equal((false, null), (database.IsMountedAlone, database.MountRisk));
        Assert.True(database.Size.Bytes > 0);
        Assert.NotEmpty(database.ShrinkAdvice);
        Assert.True(database.Owns(Fixture.Address));
        Assert.False(database.Owns(_folder.File("other")));
        Assert.Throws<StoreException>(() => database.OriginalJobs());
        using var reader = database.ReadIfUsed();
        Assert.NotNull(reader);
    }

    [Fact]
    public void It_is_examined_and_written_to_without_a_trace()
    {
        Enqueue();
        var examined = Database.Examine(TimeSpan.FromSeconds(30))!;
        Assert.Empty(examined.Damage);
        Assert.True(examined.IsChecked);
        Assert.Null(examined.NotWritable);
        Assert.NotNull(Database.TimeToWrite(HangGuard, TimeProvider.System));
        Assert.Equal(1, Read(reader => reader.Line()).Queued);
    }

    [Fact]
    public void A_copy_holds_all_and_takes_its_place()
    {
        Enqueue("copied");
        var copy = _folder.File("copy");
        File.WriteAllBytes(copy, []);
        Database.CopyTo(copy, null);
        Enqueue("later");
        Connection.Dispose();
        var asked = 0;
        var restored = Database.Restore(copy, _ => asked++, TimeProvider.System, null);
        Assert.NotNull(restored.Kept);
        Assert.NotEqual(0, asked);
        Assert.Equal(["copied"], Read(reader => reader.JobsInLine()));
    }

    [Fact]
    public void A_watch_sees_that_somebody_has_written()
    {
        using var touched = new ManualResetEventSlim();
        using var watch = Database.Watch(Database.Identity, touched.Set);
        var before = watch.Glance();
        Assert.Equal((null, false), (watch.Vanished, before.SeemsDamaged));
        Fixture.InsertTrigger("theirs");
        Assert.True(touched.Wait(HangGuard));
        Assert.True(SpinWait.SpinUntil(() => watch.IsTouched, HangGuard));
        Assert.True(watch.TakeTouched());
        var after = watch.Glance();
        Assert.False(after.SchemaChanged);
        Assert.True(before.Commits is null || before.Commits != after.Commits);
    }

    [Fact]
    public async Task A_wait_is_ended_from_another_thread()
    {
        using var reader = Database.Read()!;
        using var changes = Database.Follow(reader);
        // Without it each wait takes a second.
        var waits = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                changes.Stir();
                changes.Wait();
            }
        });
        await waits.WaitAsync(HangGuard);
    }

    [Fact]
    public async Task A_writer_reports_each_commit_and_each_change()
    {
        using var store = Database.Connect().StartWriter(TimeProvider.System);
        var (commits, changes) = (new List<CommitFacts>(), 0);
        store.Committed += commits.Add;
        store.Changed += () => changes++;
        await store.Write(work => work.Triggers.Add(New())).WaitAsync(HangGuard);
        Assert.Equal((1, 1), (Assert.Single(commits).Works, commits[0].Tries));
        await store.Write(work => work.Triggers.NewestId()).WaitAsync(HangGuard);
        Fixture.InsertTrigger("theirs");
        Assert.True(await store.ForeignCommit().WaitAsync(HangGuard));
        await store.ShortenLog().WaitAsync(HangGuard);
        Assert.Equal(2, changes);
    }

    [Fact]
    public void A_whole_schema_needs_nothing()
    {
        Assert.Empty(Connection.PutSchemaBack());
        Connection.RefuseTorn();
        Assert.False(In(store => store.RenumberUnusable(Now)));
    }

    [Fact]
    public void Changes_are_told_apart()
    {
        In(store =>
        {
            var worked = store.WatchChanges();
            Assert.Empty(worked);
            store.State.Set("job", "key", "1", Now);
            Assert.Contains(store.LastChange, worked);
            Assert.Contains("state", store.Describe(store.LastChange), StringComparison.Ordinal);
            store.UnwatchChanges();
        });
    }

    [Fact]
    public void Values_of_the_database_are_kept_and_taken_away()
    {
        In(store => store.Config.Put("key", "ü", Now));
        Assert.Equal("ü", In(store => store.Config.Find("key")));
        Assert.True(In(store => store.Config.Remove("key")));
        Assert.False(In(store => store.Config.Remove("key")));
        Assert.Null(In(store => store.Config.Find("key")));
    }

    [Fact]
    public void Its_history_has_a_size_and_an_age()
    {
        Assert.Null(In(store => store.History.Oldest()));
        Start(Enqueue());
        Assert.Equal(Now, In(store => store.History.Oldest()));
        var space = In(store => store.History.Space());
        Assert.True(space.UsedBytes > 0 && space.FreeBytes >= 0 && space.SurplusPages >= 0);
    }

    [Fact]
    public void What_is_no_change_of_a_table_is_an_event_all_the_same()
    {
        var start = Read(reader => reader.EventBounds()).Newest;
        In(store => store.Events.Add("list.reloaded", "here"));
        Assert.Equal([("list.reloaded", "here")], Read(reader => reader.Events(start, 10)).Select(one => (one.Kind, one.Device!)));
    }
}
