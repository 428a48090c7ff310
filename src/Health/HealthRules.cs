using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Schedules;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Health;

/// <summary>What failures and successes do to what is remembered of a job. Nothing here has a clock or a database.</summary>
internal static class HealthRules
{
    /// <summary>So many ends of an <c>always</c> job that were failures or came too soon are a crash loop.</summary>
    public const int CrashLoop = 5;

    /// <summary>The longest wait before an <c>always</c> job starts again, unless the job lists its waits.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // A job that ends by itself needs as many good runs in a row as failed, at most so many.
    private const int MostGoodRuns = 3;
    private const int MostRelapses = 7;

    // One success is enough where failures are that long ago: whoever runs once a day need not wait for three days.
    private static readonly TimeSpan Calm = TimeSpan.FromHours(12);

    // Kubernetes forgets a container's failures after ten minutes without one.
    private static readonly TimeSpan LongestProbation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>A run of a job that ends by itself has failed, and no attempt is left.</summary>
    public static HealthRecord AfterFailure(HealthRecord? before, string jobName, string reason, long runId, DateTimeOffset now) =>
        Failed(before ?? new HealthRecord(jobName), relapses: before is { IsOpen: false }, reason, runId, now) with
        {
            Recent = Push(before, 'f'),
        };

    /// <summary>It has succeeded; null if nothing need be remembered any more.</summary>
    public static HealthRecord? AfterSuccess(HealthRecord? before, Job job, DateTimeOffset now)
    {
        if (before is null)
            return null;
        var record = before with { Recent = Push(before, 's') };
        if (!record.Recent.Contains('f'))
            return null;
        return record.IsOpen && IsWell(record, job, now) ? Recovered(record, now) : record;
    }

    /// <summary>A process of an <c>always</c> job has ended; null if nothing need be remembered.</summary>
    public static HealthRecord? AfterLife(HealthRecord? before, Job job, ProcessEnd end, DateTimeOffset now)
    {
        if (!end.Counts)
            return before is null ? null : before with { GoodSince = null };
        if (end.IsFailure)
            return AfterFailedLife(before, job, end, now);
        // To end well is what it is for.
        if (Always.Of(job).Restart != RestartPolicy.Always)
            return null;
        if (end.Lasted >= Always.Of(job).MinUptime)
            return AfterGoodLife(before);
        return WithProbation(AfterShortLife(before ?? new HealthRecord(job.Name), end, now), job);
    }

    /// <summary>A process of an <c>always</c> job starts.</summary>
    public static HealthRecord AfterStart(HealthRecord before, Job job, DateTimeOffset now) =>
        WithProbation(before.GoodSince <= now ? before : before with { GoodSince = now }, job);

    /// <summary>It is well again. That it was not is remembered for a while: if it fails again soon, that is a relapse.</summary>
    public static HealthRecord Recovered(HealthRecord before, DateTimeOffset now) =>
        before with
        {
            Since = null,
            Recovered = now,
            Failures = 0,
            Level = 0,
            LongestLife = TimeSpan.Zero,
        };

    /// <summary>Whether a failure of an <c>always</c> job from now on has nothing to do with what is remembered.</summary>
    public static bool IsForgotten(HealthRecord record, Job job, DateTimeOffset now) =>
        job.IsKeptRunning && record is { IsOpen: false, Recovered: { } recovered } && (now - recovered > Memory || recovered > now);

    /// <summary>Whether the job is well, whatever it was before.</summary>
    public static bool IsWell(HealthRecord record, Job job, DateTimeOffset now)
    {
        if (!record.IsOpen)
            return true;
        if (job.IsKeptRunning)
            return record.GoodSince is { } since && now - since >= record.Probation;
        var good = GoodInARow(record);
        return good >= GoodRunsNeeded(record) || (good > 0 && record.LastFailure is { } last && now - last >= CalmNeeded(record));
    }

    /// <summary>What makes it well, in words.</summary>
    public static string Cure(HealthRecord record, Job job)
    {
        if (job.IsKeptRunning)
            return $"{Duration.Text(record.Probation)} without a failure";
        var missing = GoodRunsNeeded(record) - GoodInARow(record);
        return missing > 1
            ? $"{missing} more good runs in a row, or a good one {Duration.Text(CalmNeeded(record))} after the last failure"
            : "one more good run";
    }

    /// <summary>How long to wait before an <c>always</c> job starts again.</summary>
    public static TimeSpan Wait(HealthRecord? record, Job job, ProcessEnd end)
    {
        if (!end.Counts || record is null || record.Level == 0)
            return TimeSpan.Zero;
        if (end.Lasted >= Always.Of(job).MinUptime && (!end.IsFailure || record.Level == 1))
            return TimeSpan.Zero;
        return BackOff(record.Level, job);
    }

    /// <summary>
    /// How long processes of an <c>always</c> job must not fail until it is well again: twice the back-off, four times the
    /// longest life that ended in a failure, ten times what counts as stable, at most ten minutes; and twice that for each relapse.
    /// </summary>
    public static TimeSpan Probation(HealthRecord record, Job job)
    {
        if (record.Failures == 0)
            return Always.Of(job).MinUptime;
        var longest = Max(Max(BackOff(Math.Max(1, record.Level), job) * 2, record.LongestLife * 4), Always.Of(job).MinUptime * 10);
        var bounded = longest < LongestProbation ? longest : Max(LongestProbation, Always.Of(job).MinUptime);
        return TimeSpan.FromSeconds(Math.Ceiling(bounded.TotalSeconds)) * Math.Pow(2, Math.Min(record.Relapses, MostRelapses));
    }

    // While it is not well, one good life is not enough; what only came too soon is over with it.
    private static HealthRecord? AfterGoodLife(HealthRecord? before) =>
        before switch
        {
            { IsOpen: false, Recovered: null } => null,
            { IsOpen: false } => before with { Level = 0 },
            _ => before,
        };

    private static HealthRecord AfterFailedLife(HealthRecord? before, Job job, ProcessEnd end, DateTimeOffset now)
    {
        var record = before is null || IsForgotten(before, job, now) ? new HealthRecord(job.Name) : before;
        var after = Failed(
            record,
            relapses: record is { IsOpen: false, Recovered: not null },
            end.Reason ?? end.Status.Name(),
            end.RunId,
            now
        ) with
        {
            Level = (record.IsOpen || end.Lasted < Always.Of(job).MinUptime ? record.Level : 0) + 1,
            LongestLife = Max(record.LongestLife, end.Lasted),
            GoodSince = null,
        };
        return WithProbation(after, job);
    }

    private static HealthRecord AfterShortLife(HealthRecord record, ProcessEnd end, DateTimeOffset now) =>
        record with
        {
            Level = record.Level + 1,
            GoodSince = null,
            Since = record.Since ?? (record.Level + 1 >= CrashLoop ? now : null),
            Reason = record.Failures > 0 ? record.Reason : "it ended well, but too soon",
            RunId = record.Failures > 0 ? record.RunId : end.RunId,
        };

    private static HealthRecord WithProbation(HealthRecord record, Job job) => record with { Probation = Probation(record, job) };

    private static HealthRecord Failed(HealthRecord record, bool relapses, string reason, long runId, DateTimeOffset now) =>
        record with
        {
            Since = record.Since ?? now,
            Failures = record.Failures + 1,
            Relapses = Math.Min(MostRelapses, record.Relapses + (relapses ? 1 : 0)),
            LastFailure = now,
            Reason = reason,
            RunId = runId,
        };

    private static string Push(HealthRecord? before, char result)
    {
        var recent = $"{before?.Recent}{result}";
        return recent.Length <= HealthRecord.MostRecent ? recent : recent[^HealthRecord.MostRecent..];
    }

    private static int GoodInARow(HealthRecord record) => record.Recent.Length - record.Recent.TrimEnd('s').Length;

    private static int GoodRunsNeeded(HealthRecord record) =>
        Math.Clamp(record.Recent.Count(result => result == 'f'), 1, MostGoodRuns) + record.Relapses;

    private static TimeSpan CalmNeeded(HealthRecord record) => Calm * Math.Pow(4, Math.Min(record.Relapses, MostRelapses));

    private static TimeSpan BackOff(int level, Job job)
    {
        var wait = job.Backoff.After(level);
        return job.Backoff.Doubles && wait > LongestWait ? LongestWait : wait;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
