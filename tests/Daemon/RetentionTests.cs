using Aios.Daemon;
using Aios.Daemon.History;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Store;
using Aios.Store.Pruning;
using Aios.Store.Results;
using Aios.Store.Sqlite;
using Aios.Tests.Store;

namespace Aios.Tests.Daemon;

/// <summary>When history is removed, and how little of the writer that takes. The clock stands still unless a test moves it.</summary>
public sealed class RetentionTests : IDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(60);
    private readonly HistoryRig _rig = new();
    private readonly StringWriter _terminal = new();
    private SqliteStore? _store;

    [Fact]
    public async Task A_minute_after_the_start_what_is_too_old_is_removed()
    {
        for (var i = 199; i >= 0; i--)
            _rig.Closed("job", daysAgo: i, lines: 10);
        var retention = Start(new RetentionLimits());
        retention.RunDue(isBusy: false);
        Assert.Equal(200, _rig.Count("triggers"));
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await WholeRound(retention);
        Assert.Equal(90, _rig.Count("triggers"));
        Assert.Equal(90, _rig.Count("runs"));
        Assert.Equal(900, _rig.Count("logs"));
    }

    [Fact]
    public async Task A_database_that_is_too_large_loses_the_oldest_until_it_is_small_enough()
    {
        for (var i = 0; i < 60; i++)
        {
            var trigger = _rig.Closed($"job{i % 3}", daysAgo: 60 - i, lines: 0);
            _rig.Lines(_rig.Sql.Scalar<long>("SELECT id FROM runs WHERE trigger_id = ?1", trigger), 60 - i, count: 100, length: 1000);
        }

        var open = _rig.Trigger("job0", 60, "waiting");
        var retention = Start(new RetentionLimits { Bytes = 3_000_000 });
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await WholeRound(retention);
        var space = _rig.Connection.Write(queue => queue.History.Space());
        Assert.InRange(space.UsedBytes, 2_000_000, 3_000_000);
        Assert.InRange(new FileInfo(_rig.Path).Length, 2_000_000, 3_300_000);
        var left = _rig
            .Sql.Column("SELECT CAST(id AS TEXT) FROM triggers WHERE processed IS NOT NULL ORDER BY id")
            .Select(long.Parse)
            .ToList();
        Assert.Equal(60, left[^1]);
        Assert.InRange(left.Count, 15, 35);
        Assert.True(60 - left[0] <= left.Count + 8, "not the oldest went first");
        Assert.Equal(1, _rig.Count("triggers", $"id = {open}"));
    }

    [Fact]
    public async Task Files_of_results_to_which_no_row_refers_are_removed()
    {
        _rig.Closed("job", daysAgo: 91);
        _rig.Closed("job", daysAgo: 1);
        var results = new ResultFolder(Databases.At(_rig.Path), "id");
        var files = Enumerable.Range(0, 3).Select(_ => results.Keep($"\"{new string('x', 2_000_000)}\"").File!).ToList();
        var paths = files.Select(file => Path.Combine(Path.GetDirectoryName(_rig.Path)!, file.Path)).ToList();
        for (var run = 1; run <= 2; run++)
            _rig.Sql.Do("UPDATE runs SET result_file = ?1 WHERE id = ?2", ResultReference.Write(files[run - 1]), run);
        var others = Path.Combine(Path.GetDirectoryName(paths[0])!, "other-1.json");
        File.WriteAllText(others, "1");
        foreach (var path in paths.Append(others))
            File.SetLastWriteTimeUtc(path, _rig.Clock.GetUtcNow().UtcDateTime.AddDays(-2));
        var (_, fresh) = results.Keep($"\"{new string('x', 2_000_000)}\"");
        paths.Add(Path.Combine(Path.GetDirectoryName(_rig.Path)!, fresh!.Path));
        File.SetLastWriteTimeUtc(paths[^1], _rig.Clock.GetUtcNow().UtcDateTime);
        var retention = Start(new RetentionLimits());
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await WholeRound(retention);
        Assert.Equal([false, true, false, true, true], paths.Append(others).Select(File.Exists));
    }

    [Theory]
    [InlineData("ABORT")]
    [InlineData("ROLLBACK")]
    public async Task A_row_that_may_not_be_removed_is_said_once_and_the_others_go(string raise)
    {
        for (var i = 0; i < 9; i++)
            _rig.Closed("job", daysAgo: 91);
        _rig.Sql.Do(
            $"CREATE TRIGGER kept BEFORE DELETE ON triggers WHEN OLD.id IN (3, 5) BEGIN SELECT RAISE({raise}, 'kept for the auditor'); END"
        );
        var retention = Start(new RetentionLimits());
        for (var i = 0; i < 3; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMinutes(10));
            await WholeRound(retention);
        }

        Assert.Equal(["3", "5"], _rig.Left("triggers"));
        Assert.Single(Said("Row 3 of triggers is old and cannot be removed, nor 1 more: kept for the auditor. It stays"));
    }

    [Fact]
    public async Task What_may_not_be_removed_is_not_removed_for_want_of_space_and_that_is_said_once()
    {
        _rig.Sql.Do("INSERT INTO state (job_name, key, value, updated) VALUES ('job', 'large', printf('%2000000d', 1), 0)");
        _rig.Closed("job", daysAgo: 1, key: "held", lines: 1);
        _rig.Closed("job", daysAgo: 0, lines: 1);
        var retention = Start(new RetentionLimits { Bytes = 1_000_000 });
        for (var i = 0; i < 3; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMinutes(10));
            await WholeRound(retention);
        }

        Assert.Equal(2, _rig.Count("triggers"));
        Assert.Equal(1, _rig.Count("state"));
        Assert.Single(Said("more than keep_mb allows"));
    }

    [Fact]
    public async Task A_clock_that_was_just_set_a_year_ahead_removes_nothing_at_once()
    {
        _rig.Closed("job", daysAgo: 10);
        var retention = Start(new RetentionLimits());
        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        _rig.Clock.SetWall(_rig.Clock.GetUtcNow().AddDays(365));
        await WholeRound(retention);
        Assert.Equal(1, _rig.Count("triggers"));

        _rig.Clock.SetWall(_rig.Clock.GetUtcNow().AddDays(-365));
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        await WholeRound(retention);
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        await WholeRound(retention);
        Assert.Equal(1, _rig.Count("triggers"));
    }

    [Fact]
    public async Task A_claim_waits_for_one_step_at_most()
    {
        for (var i = 0; i < 100; i++)
            _rig.Closed("job", daysAgo: 100, lines: 200);
        var open = Enumerable.Range(0, 100).Select(_ => _rig.Trigger("job", 0, "queued")).ToList();
        using var store = new SqliteStore(_rig.Connection, _rig.Clock);
        _store = store;
        var cutoffs = PruneCutoffs.Of(new RetentionLimits(), _rig.Clock.GetUtcNow());
        var steps = 0;
        var pruning = Task.Run(async () =>
        {
            for (var place = PruneCursor.Start; place.Stage != PruneStage.Done; Interlocked.Increment(ref steps))
            {
                place = (await store.Write(queue => queue.History.Prune(cutoffs, place, _rig.Clock))).Place;
            }
        });
        var most = 0;
        foreach (var id in open)
        {
            var before = Volatile.Read(ref steps);
            Assert.True(await store.Write(queue => queue.Triggers.Claim(id)).WaitAsync(HangGuard));
            most = Math.Max(most, Volatile.Read(ref steps) - before);
        }

        await pruning.WaitAsync(HangGuard);
        Assert.True(steps > 20, $"{steps} steps");
        // The one that was under way, and one that went into the same commit.
        Assert.InRange(most, 0, 2);
        Assert.Equal(100, _rig.Count("triggers"));
    }

    [Fact]
    public async Task A_file_that_cannot_shrink_is_told_of_once()
    {
        _rig.Sql.Do("PRAGMA auto_vacuum = NONE");
        _rig.Sql.Do("VACUUM");
        _rig.Lines(null, daysAgo: 100, count: 20_000, length: 1000);
        var retention = Start(new RetentionLimits());
        for (var i = 0; i < 3; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMinutes(10));
            await WholeRound(retention);
        }

        Assert.Equal(0, _rig.Count("logs"));
        Assert.Contains(
            "PRAGMA auto_vacuum = INCREMENTAL; VACUUM;",
            Assert.Single(Said("cannot be given back to the disk")),
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        _store?.Dispose();
        _terminal.Dispose();
        _rig.Dispose();
    }

    private readonly Inbox _inbox = new(() => { }, () => false, TimeProvider.System);

    private List<string> Said(string words) =>
        [
            .. _inbox
                .Dequeue(_rig.Clock.GetUtcNow())
                .Lines.Select(line => line.Message)
                .Where(message => message.Contains(words, StringComparison.Ordinal)),
        ];

    private Retention Start(RetentionLimits limits)
    {
        _store = new SqliteStore(SqliteStoreConnection.Open(_rig.Path, clock: _rig.Clock), _rig.Clock);
        var settings = new DaemonSettings
        {
            Home = "/",
            Database = Databases.At(_rig.Path),
            Retention = limits,
        };
        return new Retention(
            new DaemonContext(settings, "here", "boot", "id", _rig.Clock),
            _store,
            new DaemonLog(_terminal, _rig.Clock) { Inbox = _inbox },
            () => { }
        );
    }

    // As the loop does it, with the pauses over as soon as they begin.
    private async Task WholeRound(Retention retention)
    {
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            retention.RunDue(isBusy: false);
            while (retention.IsAtWork)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < HangGuard, "the round does not end");
                await Task.Yield();
            }

            if (retention.HasRound)
                _rig.Clock.Advance(TimeSpan.FromSeconds(1));
        } while (retention.HasRound);
    }
}
