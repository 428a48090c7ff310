using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Store.Flows;
using Aios.Store.Runs;

namespace Aios.Tests.Flows;

/// <summary>A flow on the ticks of a daemon, without processes: the test says how each step ends, and when.</summary>
internal sealed class FlowRig : IDisposable
{
    // A daemon that ticks more often than this for one thing that happened never comes to rest.
    private const int MostTicks = 500;

    private readonly List<ClaimedRun> _running = [];

    public FlowRig(params string[] steps)
        : this(List("", steps)) { }

    private FlowRig(string list, DateTimeOffset? at = null)
    {
        Daemon = at is { } instant ? DaemonRig.At(instant, "", Read(list)) : new DaemonRig(Read(list));
    }

    public DaemonRig Daemon { get; }

    public Sql Sql => Daemon.Sql;

    /// <summary>The number of the flow that was started last.</summary>
    public long Id { get; private set; }

    /// <summary>"status: reason" of the flow.</summary>
    public string Status => Daemon.Trigger(Id);

    /// <summary>The JSON result of the flow.</summary>
    public string Result => Sql.Scalar<string>("SELECT result FROM runs WHERE trigger_id = ?1 ORDER BY id DESC LIMIT 1", Id) ?? "";

    /// <summary>What runs for steps, in the order in which it began.</summary>
    public string Running => string.Join(' ', _running.Select(run => run.Request.Job.Name.Replace("f/", "", StringComparison.Ordinal)));

    /// <summary>The same with all that each was given.</summary>
    public IReadOnlyList<ClaimedRun> Runs => _running;

    /// <summary>The steps that have begun and their status, by name.</summary>
    public string Steps =>
        string.Join(", ", Sql.Column("SELECT step || ' ' || status FROM steps WHERE flow_id = ?1 AND item = -1 ORDER BY step", Id));

    /// <summary>A list of one flow named f.</summary>
    public static string List(string fields, params string[] steps) =>
        $"- name: f\n  type: trigger\n{(fields.Length == 0 ? "" : $"  {fields}\n")}  steps:\n"
        + string.Concat(steps.Select(step => $"    - {step}\n"));

    /// <summary>On a whole list, of which f is a flow.</summary>
    public static FlowRig On(string list, DateTimeOffset? at = null) => new(list, at);

    /// <summary>The list is another one from now on.</summary>
    public void Change(string list)
    {
        Daemon.UseList(Read(list));
        Settle();
    }

    /// <summary>Starts the flow.</summary>
    public long Start(string args = "[]", string kwargs = "{}", string job = "f")
    {
        Id = Sql.Trigger(job, args, kwargs);
        Settle();
        return Id;
    }

    /// <summary>The first run of a step, or of a job, ends.</summary>
    public void End(string step, string? result = null, RunStatus status = RunStatus.Succeeded, string? reason = null)
    {
        var run = Take(step);
        var now = Daemon.Clock.GetUtcNow();
        Settle(
            new EndedRun(run.Key, run.At, new RunEnd(status, now) { ResultJson = result, Reason = reason }, run.Request.Job)
            {
                Began = true,
            }
        );
    }

    /// <summary>It fails.</summary>
    public void Fail(string step, string reason = "exit status 1") => End(step, status: RunStatus.Failed, reason: reason);

    /// <summary>Time goes by.</summary>
    public void Pass(TimeSpan span)
    {
        Daemon.Clock.Advance(span);
        Settle();
    }

    /// <summary>Takes a run that has begun, to end it by hand.</summary>
    public ClaimedRun Take(string step)
    {
        var index = _running.FindIndex(run => run.Request.Job.Name == step || run.Request.Job.Name == $"f/{step}");
        Assert.True(index >= 0, $"{step} does not run; {Running} do; the flow is {Status}, its steps {Steps}");
        var run = _running[index];
        _running.RemoveAt(index);
        return run;
    }

    /// <summary>Arguments with which a step runs: "args kwargs".</summary>
    public string Arguments(string step)
    {
        var run = _running.First(run => run.Request.Job.Name == step || run.Request.Job.Name == $"f/{step}");
        return $"{run.Request.ArgsJson} {run.Request.KwargsJson}";
    }

    /// <summary>"status: reason" of a step.</summary>
    public string Step(string name) =>
        Sql.Column("SELECT status || coalesce(': ' || reason, '') FROM steps WHERE flow_id = ?1 AND step = ?2 AND item = -1", Id, name)
            .FirstOrDefault("none");

    /// <summary>The JSON result of a step.</summary>
    public string ResultOf(string step) =>
        Sql.Column("SELECT coalesce(result, '') FROM steps WHERE flow_id = ?1 AND step = ?2 AND item = -1", Id, step)
            .FirstOrDefault("none");

    /// <summary>Somebody asks to stop the flow.</summary>
    public void Stop(StopRequest request = StopRequest.Stop)
    {
        Daemon.Connection.Write(queue => queue.Runs.RequestStopOfTrigger(Id, request));
        Settle();
    }

    /// <summary>The flow is begun again.</summary>
    public void Retry(string? from = null)
    {
        Assert.True(Daemon.Connection.Write(queue => queue.Flows.Reopen(Id, from)), $"the flow is {Status}");
        Settle();
    }

    /// <summary>A signal is sent.</summary>
    public void Signal(string name, string data = "null", long? flow = null)
    {
        Daemon.Connection.Write(queue => queue.Flows.Send(name, flow, data, Daemon.Clock.GetUtcNow()));
        Settle();
    }

    /// <summary>The approval for which a step waits, or waited last.</summary>
    public ApprovalRecord Asked(string step) =>
        Daemon.Connection.Write(queue => queue.Approvals.Latest(Id, step)) ?? throw new InvalidOperationException($"{step} asks nothing");

    /// <summary>A person decides what a step asks.</summary>
    public DecisionOutcome Decide(string step, bool approves = true, string actor = "anna", string fields = "{}", string? comment = null)
    {
        var asked = Asked(step);
        var decision = new Decision(actor, approves, Daemon.Clock.GetUtcNow()) { Comment = comment, FieldsJson = fields };
        var outcome = Daemon.Connection.Write(queue => queue.Approvals.Decide(asked.Id, asked.Digest, decision));
        Settle();
        return outcome;
    }

    /// <summary>Ticks until the daemon would sleep.</summary>
    public void Settle(params EndedRun[] ended)
    {
        _running.AddRange(Daemon.Tick(freeSlots: 100_000, ended: ended));
        for (var ticks = 1; Daemon.Last.HasMore; ticks++)
        {
            Assert.True(ticks < MostTicks, $"the daemon never rests; the flow is {Status}, its steps {Steps}");
            _running.AddRange(Daemon.Tick(freeSlots: 100_000));
        }

        Assert.False(Daemon.Last.NextDue <= Daemon.Clock.GetUtcNow(), $"the daemon wakes at once again, for {Daemon.Last.NextDue:O}");
    }

    public void Dispose() => Daemon.Dispose();

    private static Aios.Jobs.Job[] Read(string list) => [.. Jobs.Lists.Jobs(list)];
}
