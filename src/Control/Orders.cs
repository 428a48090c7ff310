using System.Text.Json;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Api;
using Aios.Store.Audit;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>
/// What people's orders do to the queue, whatever way they come. Each is done within one transaction, and what it has
/// changed is written into the audit in the same; what changed nothing is not.
/// </summary>
internal static class Orders
{
    private const string OnRequest = "stopped on request";

    /// <summary>Makes triggers: all or none. Of those whose key is there already, the answer has the older one.</summary>
    public static (IReadOnlyList<long> Ids, int Created) Place(
        this IStoreTransaction queue,
        IReadOnlyList<NewTrigger> triggers,
        Actor by,
        DateTimeOffset now
    )
    {
        var made = new List<(long Id, NewTrigger Trigger)>();
        var ids = new List<long>(triggers.Count);
        foreach (var trigger in triggers)
        {
            var added = queue.Triggers.Add(trigger);
            if (added is { } id)
                made.Add((id, trigger));
            ids.Add(added ?? queue.Triggers.WithDedupKey(trigger.DedupKey!)!.Value);
        }

        if (made.Count > 0)
            queue.Audit.Append(NewTriggersAudit.Entry(made, by, now));
        return (ids, made.Count);
    }

    /// <summary>Takes a trigger back, or asks that its run end; false if it is over.</summary>
    public static bool CancelTrigger(this IStoreTransaction queue, TriggerSummary trigger, Actor by, DateTimeOffset now)
    {
        var taken = queue.Triggers.Cancel(trigger.Id, "canceled on request", now);
        IReadOnlyList<long> runs = taken ? [] : queue.Runs.RequestStopOfTrigger(trigger.Id, StopRequest.Stop);
        if (!taken && runs.Count == 0)
            return false;
        queue.Audit.Append(
            new AuditEntry(now, by, AuditActions.TriggerCancel)
            {
                JobName = trigger.JobName,
                Subject = $"trigger {trigger.Id}",
                BeforeJson = One("status", trigger.Status),
                AfterJson = taken ? One("status", RunStatus.Canceled.Name()) : Stopped(StopRequest.Stop, new StopOutcome(runs, 0)),
            }
        );
        return true;
    }

    /// <summary>Asks that a run end. Between two attempts there is no run to end, but one to come: its trigger is taken back.</summary>
    public static StopOutcome StopRun(this IStoreTransaction queue, RunSummary run, StopRequest request, Actor by, DateTimeOffset now)
    {
        var outcome = queue.Runs.RequestStop(run.Id, request)
            ? new StopOutcome([run.Id], 0)
            : new StopOutcome([], queue.Triggers.Cancel(run.TriggerId, OnRequest, now) ? 1 : 0);
        if (!outcome.IsNothing)
            queue.Audit.Append(OfRun(AuditActions.RunStop, run, request, outcome, by, now));
        return outcome;
    }

    /// <summary>Asks that a run end and start again; false if it does not go on.</summary>
    public static bool RestartRun(this IStoreTransaction queue, RunSummary run, Actor by, DateTimeOffset now)
    {
        if (!queue.Runs.RequestStop(run.Id, StopRequest.Restart))
            return false;
        queue.Audit.Append(OfRun(AuditActions.RunRestart, run, StopRequest.Restart, new StopOutcome([run.Id], 0), by, now));
        return true;
    }

    /// <summary>
    /// Asks that all runs of a job end, and cancels its queued triggers; an <c>always</c> job stays stopped. There
    /// may be a million rows: where the outcome has a rest, <see cref="StopMore"/> continues with it in a further transaction.
    /// </summary>
    public static StopOutcome StopJob(
        this IStoreTransaction queue,
        string jobName,
        bool isAlways,
        StopRequest request,
        Actor by,
        DateTimeOffset now
    )
    {
        var before = queue.Holds.Find(jobName);
        if (isAlways)
            queue.Holds.Put(jobName, HoldKind.Stopped, now);
        var outcome = TakeBack(queue, jobName, request, new StopRest(queue.Triggers.NewestId(), WaitingPlace.End), now);
        var after = isAlways ? HoldKind.Stopped : before;
        if (!outcome.IsNothing || before != after)
            queue.Audit.Append(OfJob(AuditActions.JobStop, jobName, before, by, now) with { AfterJson = Stopped(request, outcome, after) });
        return outcome;
    }

    /// <summary>Goes on with what is left of an order to stop a job; the answer has all of it so far.</summary>
    public static StopOutcome StopMore(
        this IStoreTransaction queue,
        string jobName,
        StopRequest request,
        StopOutcome before,
        Actor by,
        DateTimeOffset now
    )
    {
        var more = TakeBack(queue, jobName, request, before.Rest!, now);
        var began = more.Runs.Except(before.Runs).ToList();
        var part = more with { Runs = began };
        if (!part.IsNothing)
            queue.Audit.Append(new AuditEntry(now, by, AuditActions.JobStop) { JobName = jobName, AfterJson = Stopped(request, part) });
        return new StopOutcome([.. before.Runs, .. began], before.CanceledTriggers + more.CanceledTriggers) { Rest = more.Rest };
    }

    // What was claimed between two transactions is ended, too.
    private static StopOutcome TakeBack(IStoreTransaction queue, string jobName, StopRequest request, StopRest rest, DateTimeOffset now)
    {
        var runs = queue.Runs.RequestStopOf(jobName, request, rest.UpTo);
        var (count, next) = queue.Triggers.CancelOf(jobName, rest.UpTo, rest.Place, OnRequest, now);
        return new StopOutcome(runs, count) { Rest = next is { } place ? rest with { Place = place } : null };
    }

    /// <summary>Asks that the runs of a job end and start again; the answer is their numbers.</summary>
    public static IReadOnlyList<long> RestartJob(this IStoreTransaction queue, string jobName, bool isAlways, Actor by, DateTimeOffset now)
    {
        var before = queue.Holds.Find(jobName);
        var runs = queue.Restart(jobName);
        var after = queue.Holds.Find(jobName);
        if (runs.Count > 0 || isAlways || before != after)
            queue.Audit.Append(
                OfJob(AuditActions.JobRestart, jobName, before, by, now) with
                {
                    AfterJson = Stopped(StopRequest.Restart, new StopOutcome(runs, 0), after),
                }
            );
        return runs;
    }

    /// <summary>Holds a job.</summary>
    public static void Pause(this IStoreTransaction queue, string jobName, Actor by, DateTimeOffset now)
    {
        var before = queue.Holds.Find(jobName);
        queue.Holds.Put(jobName, HoldKind.Paused, now);
        if (before != HoldKind.Paused)
            queue.Audit.Append(OfJob(AuditActions.JobPause, jobName, before, by, now) with { AfterJson = Held(HoldKind.Paused) });
    }

    /// <summary>Lets a held job go on; false if it was not held.</summary>
    public static bool Resume(this IStoreTransaction queue, string jobName, Actor by, DateTimeOffset now)
    {
        var before = queue.Holds.Find(jobName);
        if (!queue.Holds.Remove(jobName))
            return false;
        if (before != HoldKind.Paused)
            queue.Renew(jobName);
        queue.Audit.Append(OfJob(AuditActions.JobResume, jobName, before, by, now));
        return true;
    }

    /// <summary>Sets a value that programs remember.</summary>
    public static void SetState(this IStoreTransaction queue, string jobName, string key, string json, Actor by, DateTimeOffset now)
    {
        var before = queue.State.Find(jobName, key);
        queue.State.Set(jobName, key, json, now);
        if (before != json)
            queue.Audit.Append(OfState(AuditActions.StateSet, jobName, key, before, json, by, now));
    }

    /// <summary>Takes such a value out; false if there is none.</summary>
    public static bool DeleteState(this IStoreTransaction queue, string jobName, string key, Actor by, DateTimeOffset now)
    {
        var before = queue.State.Find(jobName, key);
        if (!queue.State.Delete(jobName, key))
            return false;
        queue.Audit.Append(OfState(AuditActions.StateDelete, jobName, key, before, null, by, now));
        return true;
    }

    /// <summary>Changes a setting that daemons take over while they run; false if it was so already.</summary>
    /// <param name="key">One of <see cref="LiveSettings.All"/>.</param>
    /// <param name="value">Null: what each daemon was started with counts again.</param>
    public static bool Configure(this IStoreTransaction queue, string key, string? value, Actor by, DateTimeOffset now)
    {
        var name = LiveSettings.NameOf(key);
        var before = queue.Config.Find(name);
        if (before == value)
            return false;
        if (value is null)
            queue.Config.Remove(name);
        else
            queue.Config.Put(name, value, now);
        queue.Audit.Append(
            new AuditEntry(now, by, value is null ? AuditActions.ConfigUnset : AuditActions.ConfigSet)
            {
                Subject = $"setting {key}",
                BeforeJson = before is null ? null : One("value", before),
                AfterJson = value is null ? null : One("value", value),
            }
        );
        return true;
    }

    /// <summary>Adds a key of the API; false if there is one of that name.</summary>
    public static bool AddKey(this IStoreTransaction queue, ApiKeyRecord key, Actor by, DateTimeOffset now)
    {
        if (!queue.ApiKeys.Add(key))
            return false;
        queue.Audit.Append(new AuditEntry(now, by, AuditActions.KeyAdd) { Subject = $"key {key.Name}", AfterJson = Described(key) });
        return true;
    }

    /// <summary>Takes a key of the API away; false if there is none of that name.</summary>
    public static bool RevokeKey(this IStoreTransaction queue, string name, Actor by, DateTimeOffset now)
    {
        var before = queue.ApiKeys.All().FirstOrDefault(key => key.Name == name);
        if (!queue.ApiKeys.Remove(name))
            return false;
        queue.Audit.Append(
            new AuditEntry(now, by, AuditActions.KeyRevoke)
            {
                Subject = $"key {name}",
                BeforeJson = before is null ? null : Described(before),
            }
        );
        return true;
    }

    /// <summary>Puts a file of the job list in its place.</summary>
    /// <param name="queue">The transaction.</param>
    /// <param name="before">As it was; null if it is new.</param>
    /// <param name="file">As it is to be.</param>
    /// <param name="prepared">On the disk already.</param>
    /// <param name="by">Who saves it.</param>
    /// <param name="now">UTC.</param>
    public static void SaveJobFile(
        this IStoreTransaction queue,
        JobFile? before,
        JobFile file,
        PreparedJobFile prepared,
        Actor by,
        DateTimeOffset now
    ) => SaveFile(queue, AuditActions.ListSave, before, file, prepared, by, now);

    /// <summary>Puts models.yaml in its place; see <see cref="SaveJobFile"/>.</summary>
    public static void SaveModelFile(
        this IStoreTransaction queue,
        JobFile? before,
        JobFile file,
        PreparedJobFile prepared,
        Actor by,
        DateTimeOffset now
    ) => SaveFile(queue, AuditActions.ModelsSave, before, file, prepared, by, now);

    private static void SaveFile(
        IStoreTransaction queue,
        string action,
        JobFile? before,
        JobFile file,
        PreparedJobFile prepared,
        Actor by,
        DateTimeOffset now
    )
    {
        queue.Audit.Append(
            new AuditEntry(now, by, action)
            {
                Subject = $"file {file.Name}",
                BeforeJson = before is null ? null : One("version", before.Version),
                AfterJson = One("version", file.Version),
            }
        );
        prepared.Put();
    }

    private static AuditEntry OfRun(
        string action,
        RunSummary run,
        StopRequest request,
        StopOutcome outcome,
        Actor by,
        DateTimeOffset now
    ) =>
        new(now, by, action)
        {
            JobName = run.JobName,
            Subject = $"run {run.Id}",
            AfterJson = Stopped(request, outcome),
        };

    private static AuditEntry OfJob(string action, string jobName, HoldKind? before, Actor by, DateTimeOffset now) =>
        new(now, by, action) { JobName = jobName, BeforeJson = before is null ? null : Held(before.Value) };

    private static AuditEntry OfState(
        string action,
        string jobName,
        string key,
        string? before,
        string? after,
        Actor by,
        DateTimeOffset now
    ) =>
        new(now, by, action)
        {
            JobName = jobName == IState.Shared ? null : jobName,
            Subject = $"state {AuditValue.Cut(key)}",
            BeforeJson = AuditValue.Json(before),
            AfterJson = AuditValue.Json(after),
        };

    private static string Stopped(StopRequest request, StopOutcome outcome, HoldKind? hold = null) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("request", request.Name());
            json.WriteArray("runs", outcome.Runs, (writer, id) => writer.WriteNumberValue(id));
            json.WriteNumber("canceled_triggers", outcome.CanceledTriggers);
            if (hold is { } kind)
                json.WriteString("held", kind.Name());
            json.WriteEndObject();
        });

    private static string Held(HoldKind kind) => One("held", kind.Name());

    // Neither the key nor its hash.
    private static string Described(ApiKeyRecord key) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("role", key.Role);
            json.WriteString("jobs", key.Jobs);
            json.WriteInstant("expires", key.Expires);
            json.WriteEndObject();
        });

    private static string One(string name, string value) => JsonText.Write(json => WriteOne(json, name, value));

    private static void WriteOne(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }
}
