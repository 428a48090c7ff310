using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Scheduling;
using Aios.Store.Devices;
using Aios.Store.Triggers;

namespace Aios.Control;

/// <summary>Why a job does not run just now although something stands in line for it, or could not if it did.</summary>
internal static class JobWait
{
    /// <summary>In words; null where nothing stands in its way.</summary>
    public static string? Reason(Job job, JobFacts facts) => Obstacles(job, facts).FirstOrDefault()?.Words;

    /// <summary>All that stands in its way, the first first.</summary>
    public static IEnumerable<Obstacle> Obstacles(Job job, JobFacts facts)
    {
        if (facts.Hold is { } hold)
            yield return new Obstacle(hold.Reason(job.Name), hold.Remedy(job.Name));
        if (!job.Enabled)
            yield return new Obstacle(TriggerWait.Reason(job, facts.Online)!, $"`enabled: true` at {job.DefinedAt}");
        foreach (var device in facts.Online.Where(device => device.Stalled is not null))
        {
            yield return new Obstacle(
                $"the daemon on device \"{device.Device}\" makes no progress: {device.Trouble}",
                "`aios logs` and `aios health` say more"
            );
        }

        if (facts.Online.Count == 0)
            yield return new Obstacle(
                facts.Open is { } waiting ? $"{Named(waiting)}{RunAt(waiting)} waits, and no daemon is online" : "no daemon is online",
                "`aios` starts one"
            );
        else if (job.Enabled && TriggerWait.Reason(job, facts.Online) is { } unfit)
            yield return new Obstacle(unfit, $"a daemon that has what it needs: `aios --tags {string.Join(',', job.Tags)}`");
        else if (job.Enabled && facts is { Hold: null, Open: { } open })
            yield return OfTurn(job, open, facts);
    }

    private static string Named(TriggerSummary trigger) =>
        $"trigger {trigger.Id}{(trigger.ParentRunId is { } parent ? $", a tool of run {parent}," : "")}";

    private static string RunAt(TriggerSummary trigger) => trigger.RunAt is { } at ? $" (run_at {TimeWords.Of(at)})" : "";

    private static Obstacle OfTurn(Job job, TriggerSummary open, JobFacts facts)
    {
        if (open.Status == "waiting")
            return new Obstacle($"{Named(open)} waits: {open.Reason}", null);
        if (OfOwnRuns(job, open, facts) is { } own)
            return own;
        var able = facts.Online.Where(device => job.Tags.IsSubsetOf(device.Tags)).ToList();
        if (job.Work is LlmWork)
            return new Obstacle(
                $"{Named(open)} is queued and starts as soon as fewer runs that ask language models are running",
                "the end of one of them; `aios runs` lists them"
            );
        if (
            !job.IsKeptRunning
            && TriggerSource.TakesPlace(open.Source)
            && able.TrueForAll(device => TakenOn(device, facts) >= device.MaxParallel)
        )
            return OfFullDevices(open, able);
        return new Obstacle(
            $"{Named(open)} is queued and starts as soon as the limits of the job and of a device allow",
            open.Source == TriggerSource.Idle ? "a machine that is quiet" : null
        );
    }

    private static Obstacle? OfOwnRuns(Job job, TriggerSummary open, JobFacts facts)
    {
        var limit = Overlaps.Limit(
            job,
            Overlaps.Policy(job, TriggerSource.IsOccurrence(open.Source), open.Source == TriggerSource.CatchUp)
        );
        var own = facts.GoingOn.Where(run => run.JobName == job.Name).ToList();
        if (own.Count < limit)
            return null;
        return new Obstacle(
            $"{Named(open)} is queued until a run of the job has ended: {own.Count} {(own.Count == 1 ? "is" : "are")} running, and "
                + $"the limit is {limit}",
            $"the end of run {own.MinBy(run => run.Id)!.Id}, or `overlap: parallel` with a higher `max_parallel` at {job.DefinedAt}"
        );
    }

    private static Obstacle OfFullDevices(TriggerSummary open, List<DeviceSummary> able)
    {
        var full = string.Join(", ", able.Select(device => $"{device.Device} ({device.MaxParallel} at once)"));
        return new Obstacle(
            $"{Named(open)} is queued until a slot is free: the maximum number of runs is running on {full}",
            "the end of one of them, a higher `--max-parallel`, or a higher `priority` to come first"
        );
    }

    private static int TakenOn(DeviceSummary device, JobFacts facts) =>
        facts.GoingOn.Count(run => run.Device == device.Device && TriggerSource.TakesPlace(run.Source));
}
