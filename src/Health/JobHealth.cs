using System.Globalization;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Schedules;
using Aios.Store.Jobs;

namespace Aios.Health;

/// <summary>
/// Whether a job is well: the one answer that the console, <c>health</c>, <c>why</c>, <c>status</c>, metrics, notices and
/// heartbeats share. docs/health.md says what well means.
/// </summary>
/// <param name="Condition">How well it is.</param>
/// <param name="Since">Since when it is not, UTC; null if it is.</param>
/// <param name="Failures">How often it has failed since then.</param>
/// <param name="Words">What is wrong, and what would make it well; null if nothing is.</param>
/// <param name="RunId">The run that failed last; null for none.</param>
internal sealed record JobHealth(JobCondition Condition, DateTimeOffset? Since, long Failures, string? Words, long? RunId)
{
    private static readonly JobHealth Well = new(JobCondition.Well, null, 0, null, null);
    private static readonly JobHealth Off = Well with { Condition = JobCondition.Off };

    /// <summary>Whether somebody should look at it.</summary>
    public bool IsBad => Condition is JobCondition.Failing or JobCondition.CrashLoop or JobCondition.Late;

    /// <summary>The condition as programs read it.</summary>
    public string Word =>
        Condition switch
        {
            JobCondition.CrashLoop => "crash_loop",
            _ => Condition.ToString().ToLowerInvariant(),
        };

    /// <summary>The condition as people read it.</summary>
    public string Title => Word.Replace('_', ' ');

    /// <summary>What is said of it, such as <c>is in a crash loop: exit status 1 ...</c>; null if nothing is wrong.</summary>
    public string? Predicate => Words is null ? null : $"is {(Condition == JobCondition.CrashLoop ? "in a crash loop" : Title)}: {Words}";

    /// <summary>The answer.</summary>
    /// <param name="job">The job.</param>
    /// <param name="record">What is remembered of its failures; null for none.</param>
    /// <param name="hold">What holds it; null for nothing.</param>
    /// <param name="lateSince">Since when it is late, UTC; null if it is in time.</param>
    /// <param name="now">UTC.</param>
    public static JobHealth Of(Job job, HealthRecord? record, JobHold? hold, DateTimeOffset? lateSince, DateTimeOffset now)
    {
        if (!job.Enabled || hold is { Kind: not HoldKind.Ended })
            return Off;
        if (record is { Since: { } since } && !HealthRules.IsWell(record, job, now))
        {
            var condition = ConditionOf(record, job);
            return new JobHealth(condition, since, record.Failures, WordsOf(record, job), record.RunId);
        }

        if (hold is not null)
            return Off;
        return lateSince is { } late
            ? new JobHealth(
                JobCondition.Late,
                late,
                0,
                $"it has not succeeded within its deadline{(job.Deadline is { } deadline ? $" of {Duration.Text(deadline)}" : "")}; late "
                    + $"since {Instant(late)}",
                null
            )
            : Well;
    }

    /// <summary>The answer for a job whose definition is not at hand: as if nothing in it differed from the defaults.</summary>
    public static JobHealth OfUnlisted(HealthRecord record, JobHold? hold, DateTimeOffset? lateSince, DateTimeOffset now) =>
        Of(
            new Job { Name = record.JobName, Schedule = record.Recent.Length > 0 ? TriggerKind.Instance.Blank : AlwaysKind.Instance.Blank },
            record,
            hold,
            lateSince,
            now
        );

    private static JobCondition ConditionOf(HealthRecord record, Job job)
    {
        if (job.IsKeptRunning)
            return record.Level >= HealthRules.CrashLoop ? JobCondition.CrashLoop : JobCondition.Failing;
        var mostFailed = record.Recent.Count(result => result == 'f') * 2 > record.Recent.Length;
        return mostFailed || !record.Recent.EndsWith('s') ? JobCondition.Failing : JobCondition.Flaky;
    }

    private static string WordsOf(HealthRecord record, Job job)
    {
        var what =
            record.Failures > 0
                ? $"it has failed {Times(record.Failures)} since {Instant(record.Since!.Value)}"
                : $"its process has ended {Times(record.Level)} in a row within {Duration.Text(record.Probation)}";
        var run = record.RunId is { } id ? string.Create(CultureInfo.InvariantCulture, $" (run {id})") : "";
        // What is wrong comes first, for a line may be cut where there is no room.
        var told = record.Reason is { } reason ? $"{reason}{run}; {what}" : $"{what}{run}";
        return $"{told}; it is well again after {HealthRules.Cure(record, job)}";
    }

    private static string Times(long count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
