using Aios.Daemon.Execution;
using Aios.Daemon.Presence;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Running;
using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Sqlite;

namespace Aios.Tests.Daemon;

/// <summary>Who is taken for dead, and what is taken from it.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_device_elsewhere_is_not_taken_for_dead_because_both_have_slept()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        using var elsewhere = rig.Beside("there", "", DaemonRig.Job("a"));
        rig.Sql.Trigger("a");
        Assert.Single(elsewhere.Tick());
        using var heir = new Heir(rig);
        var (recovery, inbox) = (heir.Recovery, heir.Inbox);
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddHours(8));

        await recovery.RecoverOthers(rig.List);
        Assert.False(inbox.IsUrgent);
        elsewhere.Tick();
        rig.Clock.Advance(Minute / 6);
        await recovery.RecoverOthers(rig.List);
        Assert.False(inbox.IsUrgent);

        // Now it is silent for long while time goes by here.
        rig.Clock.Advance(Minute);
        await recovery.RecoverOthers(rig.List);
        rig.Clock.Advance(Minute / 3);
        await recovery.RecoverOthers(rig.List);
        Assert.Equal(RunStatus.Lost, Assert.Single(inbox.Dequeue(rig.Clock.GetUtcNow()).Ended).End.Status);
        Assert.Equal("offline", rig.Sql.Scalar<string>("SELECT status FROM devices WHERE device = 'there'"));
    }

    // What a daemon that was killed may leave of a run whose process it had not written down, and whether that has begun.
    [Theory]
    [InlineData("", false)]
    [InlineData("1.kwargs.json", false)]
    [InlineData("1.args.json", false)]
    [InlineData("2.started", false)]
    [InlineData("12.started", false)]
    [InlineData("run_function.py", false)]
    [InlineData("1.started", true)]
    [InlineData("1.result.json", true)]
    [InlineData("1.result.json.part", true)]
    [InlineData("1.result.json.reason", true)]
    [InlineData("spare 1.started", true)]
    [InlineData("line", true)]
    [InlineData("pid", true)]
    public async Task Whatever_shows_that_a_run_has_begun_counts(string left, bool began)
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        var id = rig.Sql.Trigger("a");
        Assert.Equal(1, rig.Tick()[0].Request.RunId);
        var former = rig.Connection.Write(queue => queue.Devices.All().Single());
        var files = StateFolder.Open(Databases.At(rig.DatabasePath)).RunFiles(rig.Context.DatabaseId, former.BootId);
        if (left == "line")
            rig.Sql.Do(
                "INSERT INTO logs (timestamp, level, device, job_name, run_id, message, stream) VALUES (1.0, 'INFO', 'here', 'a', 1, 'at "
                    + "work', 'out')"
            );
        else if (left == "pid")
            rig.Sql.Do("UPDATE runs SET pid = 1, process_start = 1");
        else if (left.Length > 0)
            Leave(left.StartsWith("spare ", StringComparison.Ordinal) ? RunFolder.SpareOf(files) : files, left.Split(' ')[^1]);
        using var heir = new Heir(rig);

        await heir.Recovery.RecoverFormerBoots(former, rig.List);

        var ended = Assert.Single(heir.Inbox.Dequeue(rig.Clock.GetUtcNow()).Ended);
        Assert.Equal((RunStatus.Lost, began), (ended.End.Status, ended.Began));
        await heir.Recovery.RemoveRunFiles();
        Assert.Equal(left.Contains('.') && !left.StartsWith("spare", StringComparison.Ordinal), Directory.Exists(files));
        rig.Tick(ended: ended);
        Assert.StartsWith(began ? "lost" : "waiting", rig.Trigger(id), StringComparison.Ordinal);
        await heir.Recovery.RemoveRunFiles();
        Assert.False(Directory.Exists(files) || Directory.Exists(RunFolder.SpareOf(files)), "what it has told is not needed any more");
    }

    [Fact]
    public async Task The_files_of_boots_that_are_over_go_and_no_others()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        using var other = rig.Beside("other", "", DaemonRig.Job("a"));
        var state = StateFolder.Open(Databases.At(rig.DatabasePath));
        using var heir = new Heir(rig);
        var (own, others) = (rig.Context.DatabaseId, new string('f', 32));
        string[] stay =
        [
            state.RunFiles(own, heir.BootId),
            state.RunFiles(own, other.Context.BootId),
            state.RunFiles(others, "gone"),
            state.TrialFiles(new string('1', 32)),
        ];
        string[] go = [state.RunFiles(own, "gone"), state.RunFiles(own, "long-gone"), state.TrialFiles(new string('2', 32))];
        foreach (var folder in stay.Concat(go))
            Leave(folder, "1.started");
        foreach (var folder in stay.Concat(go))
            Directory.SetLastWriteTimeUtc(folder, rig.Clock.GetUtcNow().UtcDateTime);
        Directory.SetLastWriteTimeUtc(go[^1], rig.Clock.GetUtcNow().UtcDateTime.AddDays(-2));

        Assert.False(await heir.Recovery.RemoveRunFiles(), "some were of boots that are over");

        Assert.True(await heir.Recovery.RemoveRunFiles(), "what is left is of living ones");
        Assert.All(stay, folder => Assert.True(Directory.Exists(folder), folder));
        Assert.All(go, folder => Assert.False(Directory.Exists(folder), folder));
    }

    private static void Leave(string folder, string file)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), "");
    }

    [Fact]
    public void Nothing_is_taken_from_a_device_that_came_back_after_it_was_found_dead()
    {
        using var rig = new DaemonRig(DaemonRig.Job("a"));
        rig.Sql.Trigger("a");
        Assert.Single(rig.Tick());
        var dead = rig.Connection.Write(queue => queue.Devices.All().Single());
        Assert.Single(rig.Connection.Write(queue => queue.Runs.LeftByDead(dead)));
        rig.Connection.Write(queue => queue.Devices.Register(dead with { BootId = "another" }));
        Assert.Empty(rig.Connection.Write(queue => queue.Runs.LeftByDead(dead)));
    }

    // The next boot of the rig's device.
    private sealed class Heir : IDisposable
    {
        private readonly SqliteStore _store;
        private readonly DaemonLog _log;
        private readonly Runner _runner;

        public Heir(DaemonRig rig)
        {
            var context = rig.Context with { BootId = BootId };
            _store = new SqliteStore(SqliteStoreConnection.Open(rig.DatabasePath, clock: rig.Clock), rig.Clock);
            _store
                .Write(queue =>
                    queue.Devices.Register(queue.Devices.All().Single(device => device.Device == context.Device) with { BootId = BootId })
                )
                .Wait();
            _log = new DaemonLog(TextWriter.Null, rig.Clock);
            var folder = Path.GetDirectoryName(rig.DatabasePath)!;
            _runner = new Runner(
                new RunningSettings(folder, folder, rig.DatabasePath, Path.Combine(folder, "run"), "here", "mark"),
                rig.Clock
            );
            var containers = new ContainerRecovery(
                context,
                _store,
                new Supervisor(context, new Slots(1, rig.Clock), _runner, Inbox, _log),
                _runner.Containers,
                _log
            );
            Recovery = new Recovery(context, _store, StateFolder.Open(Databases.At(rig.DatabasePath)), containers, Inbox, _log);
        }

        public string BootId => "next-boot";

        public Inbox Inbox { get; } = new(() => { }, () => false, TimeProvider.System);

        public Recovery Recovery { get; }

        public void Dispose()
        {
            _runner.Dispose();
            _log.Dispose();
            _store.Dispose();
        }
    }
}
