using Aios.Daemon.Ticks;
using Aios.Health;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Daemon.Alarms;

/// <summary>
/// Keeps what is remembered of failures, within a tick, and has those told who want to know. A job that is well costs
/// nothing here: where no job has failed, the table is looked at once a tick.
/// </summary>
internal sealed class JobHealthKeeper(
    JobList list,
    IReadOnlyDictionary<string, JobHold> holds,
    IStoreTransaction queue,
    DateTimeOffset now,
    JobAlarms alarms,
    JobPings pings
)
{
    private bool? _isEmpty;

    /// <summary>A run of a job that ends by itself is over, and no attempt is left.</summary>
    public void NoteRun(Job job, EndedRun ended)
    {
        var reason = ended.End.Reason ?? ended.End.Status.Name();
        if (ended.End.Status is RunStatus.Failed or RunStatus.TimedOut or RunStatus.Lost)
        {
            Put(job.Name, HealthRules.AfterFailure(Find(job.Name), job.Name, reason, ended.Run.Id, now));
            alarms.NoteFailure(job, reason, ended.Run.Id);
            pings.NoteFailure(job, reason);
        }
        else if (ended.End.Status == RunStatus.Succeeded)
        {
            var before = Find(job.Name);
            var after = HealthRules.AfterSuccess(before, job, now);
            if (before is not null)
                Put(job.Name, after);
            var isWell = after is not { IsOpen: true };
            alarms.NoteSuccess(job, isWell);
            if (isWell)
                pings.NoteWell(job);
        }
    }

    /// <summary>A process of an <c>always</c> job has ended. The answer is what is remembered now.</summary>
    public HealthRecord? NoteLife(Job job, ProcessEnd end)
    {
        var before = CloseIfWell(job, Find(job.Name));
        var after = HealthRules.AfterLife(before, job, end, now);
        if (before != after)
            Put(job.Name, after);
        if (before is { IsOpen: true } && after is null)
            alarms.NoteWell(job);
        if (end.IsFailure)
        {
            var reason = end.Reason ?? end.Status.Name();
            alarms.NoteFailure(job, reason, end.RunId);
            pings.NoteFailure(job, reason);
        }
        else if (end.Counts && after is not { IsOpen: true })
        {
            pings.NoteWell(job);
        }

        if (end.Counts && after is { IsOpen: true, Level: >= HealthRules.CrashLoop })
            alarms.NoteCrashLoop(job, CrashLoop.What(after, job, end), end.RunId);
        return after;
    }

    /// <summary>How a process has ended.</summary>
    public static ProcessEnd LifeOf(EndedRun ended) =>
        new(ended.End.Status, ended.Lasted ?? ended.End.Ended - ended.Started, ended.End.Reason, ended.Run.Id);

    /// <summary>A run was ended for a reason that says nothing about its job.</summary>
    public void NoteInterruption(string jobName)
    {
        if (Find(jobName) is { GoodSince: not null } record)
            Put(jobName, record with { GoodSince = null });
    }

    /// <summary>A run starts.</summary>
    public void NoteStart(Job job)
    {
        if (!job.IsKeptRunning || Find(job.Name) is not { } before)
            return;
        var after = HealthRules.AfterStart(before, job, now);
        if (before != after)
            Put(job.Name, after);
    }

    /// <summary>Looks for jobs that have become well only by the time that went by.</summary>
    public void Tend()
    {
        if (IsEmpty)
            return;
        foreach (var record in queue.Health.All())
        {
            if (list.Find(record.JobName) is not { Enabled: true } job || holds.ContainsKey(job.Name))
                continue;
            if (HealthRules.IsForgotten(record, job, now))
                Put(job.Name, null);
            else if (record.GoodSince > now)
                Put(job.Name, record with { GoodSince = now });
            else
                CloseIfWell(job, record);
        }
    }

    /// <summary>What is remembered of a job; null for nothing.</summary>
    public HealthRecord? Find(string jobName) => IsEmpty ? null : queue.Health.Find(jobName);

    private bool IsEmpty => _isEmpty ??= queue.Health.IsEmpty();

    private HealthRecord? CloseIfWell(Job job, HealthRecord? record)
    {
        if (record is not { IsOpen: true } || !HealthRules.IsWell(record, job, now))
            return record;
        var recovered = HealthRules.Recovered(record, now);
        Put(job.Name, recovered);
        alarms.NoteWell(job);
        if (job.IsKeptRunning)
            pings.NoteWell(job);
        return recovered;
    }

    private void Put(string jobName, HealthRecord? record)
    {
        _isEmpty = false;
        if (record is null)
            queue.Health.Forget(jobName);
        else
            queue.Health.Put(record);
    }
}
