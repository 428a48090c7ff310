using Aios.Control;
using Aios.Daemon;
using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Logs;
using Aios.Store.Runs;
using Aios.Store.Sqlite;
using Aios.Store.Sqlite.Reading;

namespace Aios.Tests.Support;

/// <summary>
/// A daemon's ticks over a real database file, without its loop and without processes: the test says what happens and when.
/// </summary>
internal sealed class DaemonRig : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Aios.Flows.FlowPlans _plans;
    private readonly Scheduler _scheduler;
    private long? _seenId;
    private bool _listIsNew = true;

    public DaemonRig(params Job[] jobs)
        : this("here", "", null, jobs, "") { }

    private DaemonRig(string device, string tags, DaemonRig? sharing, Job[] jobs, string existing, FakeClock? clock = null)
    {
        Clock = sharing?.Clock ?? clock ?? new FakeClock();
        LeftOut = new RowFaults(Clock);
        DatabasePath = sharing?.DatabasePath ?? _folder.File("orchestrator.db");
        Prepare(existing);
        Connection = SqliteStoreConnection.Open(DatabasePath, clock: Clock);
        Sql = new Sql(DatabasePath);
        var settings = new DaemonSettings
        {
            Home = _folder.Path,
            Database = Databases.At(DatabasePath),
            Tags = [.. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            MaxParallel = 4,
        };
        var id = Connection.Write(queue => queue.Config.DatabaseId());
        Context = new DaemonContext(settings, device, $"boot-of-{device}", id, Clock);
        _scheduler = new Scheduler(Context);
        _plans = new Aios.Flows.FlowPlans(Context.Results, Context.Settings.Home);
        Connection.Write(queue =>
            queue.Devices.Register(
                new DeviceRecord(device, Context.BootId, [.. settings.Tags], 1, "machine", "locks", "0", 4, Clock.GetUtcNow())
            )
        );
        UseList(jobs);
    }

    public FakeClock Clock { get; }

    public string DatabasePath { get; }

    public SqliteStoreConnection Connection { get; }

    public Sql Sql { get; }

    public DaemonContext Context { get; }

    public JobList List { get; private set; } = null!;

    /// <summary>Rows that are left out.</summary>
    public RowFaults LeftOut { get; }

    public TickResult Last { get; private set; } = new([]);

    public static Job Job(string name, JobType type = JobType.Trigger) =>
        new()
        {
            Name = name,
            Schedule = ScheduledJobs.Blank(type),
            Work = new CommandWork(["true"]),
        };

    /// <summary>A second daemon on the same database and clock.</summary>
    public DaemonRig Beside(string device, string tags, params Job[] jobs) => new(device, tags, this, jobs, "");

    /// <summary>On a file in which this SQL was done before AIOS first saw it.</summary>
    public static DaemonRig On(string existing, params Job[] jobs) => new("here", "", null, jobs, existing);

    /// <summary>As above, at that instant.</summary>
    public static DaemonRig At(DateTimeOffset instant, string existing, params Job[] jobs) =>
        new("here", "", null, jobs, existing, new FakeClock(instant));

    public void UseList(params Job[] jobs) => UseList(null, jobs);

    /// <summary>The files of the list are just being saved.</summary>
    public bool ListIsChanging { get; set; }

    /// <summary>Ticks are not committed, as if the daemon was killed just then.</summary>
    public bool DiesBeforeCommit { get; set; }

    /// <summary>Why they are not in force.</summary>
    public string? ListTrouble { get; set; }

    /// <summary>A list that somebody saved a moment ago.</summary>
    public void UseList(DateTimeOffset? saved, params Job[] jobs)
    {
        List = new JobList([.. jobs], [], [], []);
        _scheduler.Follow(jobs.Where(job => JobEligibility.CanRun(job, Context.Settings.Tags)), saved);
        _listIsNew = true;
    }

    /// <summary>One tick.</summary>
    public List<ClaimedRun> Tick(
        int? freeSlots = 4,
        bool quiet = false,
        bool startIdle = false,
        IReadOnlyList<LogLine>? lines = null,
        params EndedRun[] ended
    )
    {
        var now = Clock.GetUtcNow();
        var input = new TickInput(now, List, new InboxBatch([.. lines ?? []], [], [.. ended]))
        {
            DueJobs = _listIsNew ? [.. _scheduler.Followed] : _scheduler.Due(now),
            ListIsNew = _listIsNew,
            ListIsChanging = () => ListIsChanging,
            ListTrouble = ListTrouble,
            Beats = true,
            SeenId = _seenId,
            Claimable = freeSlots,
            Quiet = quiet,
            StartIdle = startIdle,
            Holds = Last.Holds,
            Releasing = Last.Releasing,
            LinePlaces = Last.LinePlaces,
            LeftOut = LeftOut,
            FreeCalls = () => new FreeCalls(100, 100),
        };
        _listIsNew = false;
        Last = Written(input);
        LeftOut.Take(Last.Faults, Last.Worked);
        _seenId = Last.SeenId;
        _scheduler.Settle();
        foreach (var (name, next) in Last.Expected)
            _scheduler.Expect(name, next);
        return Last.Claimed;
    }

    // As the loop does it: a tick that has failed is done again with care.
    private TickResult Written(TickInput input)
    {
        try
        {
            var tick = new Tick(Context, _scheduler, _plans, input);
            return Connection.Write(queue =>
            {
                var result = tick.Run(queue);
                return DiesBeforeCommit ? throw new InvalidOperationException("the daemon was killed") : result;
            });
        }
        catch (Exception error) when (!input.IsCareful && RowFault.IsOfRow(error))
        {
            return Written(input with { IsCareful = true });
        }
    }

    /// <summary>Time goes by, then one tick.</summary>
    public List<ClaimedRun> TickAfter(TimeSpan span)
    {
        Clock.Advance(span);
        return Tick();
    }

    /// <summary>The end of a run, for the next tick.</summary>
    public EndedRun End(ClaimedRun run, RunStatus status, string? reason = null, bool returned = false) =>
        new(run.Key, Clock.GetUtcNow(), new RunEnd(status, Clock.GetUtcNow()) { Reason = reason }, run.Request.Job) { Returned = returned };

    /// <summary>Ticks until nothing more starts, with the good end of all that did; the answer is how many that were.</summary>
    public int PassToEnd()
    {
        var (count, runs) = (0, Tick());
        for (; runs.Count > 0; runs = Tick(ended: [.. runs.Select(run => End(run, RunStatus.Succeeded))]))
            count += runs.Count;
        return count;
    }

    /// <summary>When a job runs next, as people are told.</summary>
    public DateTimeOffset Coming(Job job)
    {
        using var reader = SqliteStoreReader.Open(DatabasePath)!;
        return new ComingOccurrences(reader, Clock.GetUtcNow()).Of(job).First().At!.Value;
    }

    /// <summary>"status: reason" of a trigger.</summary>
    public string Trigger(long id) => Sql.Column("SELECT status || coalesce(': ' || reason, '') FROM triggers WHERE id = ?1", id).Single();

    /// <summary>"status" of the runs of a trigger, oldest first.</summary>
    public string Runs(long triggerId) =>
        string.Join(' ', Sql.Column("SELECT status FROM runs WHERE trigger_id = ?1 ORDER BY id", triggerId));

    private void Prepare(string existing)
    {
        if (existing.Length == 0)
            return;
        using var sql = new Sql(DatabasePath);
        sql.Do(existing);
    }

    public void Dispose()
    {
        Sql.Dispose();
        Connection.Dispose();
        _folder.Dispose();
    }
}
