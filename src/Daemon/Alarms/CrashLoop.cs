using Aios.Health;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Schedules;
using Aios.Store.Jobs;
using Aios.Store.Runs;

namespace Aios.Daemon.Alarms;

/// <summary>What is said of an <c>always</c> job that ends again and again.</summary>
internal static class CrashLoop
{
    /// <summary>What has happened, for people.</summary>
    public static string What(HealthRecord record, Job job, ProcessEnd end)
    {
        var how = end.IsFailure
            ? $"the last after {Duration.Text(Rounded(end.Lasted))}: {end.Reason ?? end.Status.Name()}"
            : $"the last well, but within {Duration.Text(Always.Of(job).MinUptime)}";
        return $"{record.Level} {(record.Level == 1 ? "end" : "ends")} in a row, {how}";
    }

    /// <summary>Why it waits, for the trigger's row.</summary>
    public static string Reason(HealthRecord record, Job job, ProcessEnd end, TimeSpan wait)
    {
        var title = record.Level >= HealthRules.CrashLoop ? "crash loop: " : "";
        return $"{title}{What(record, job, end)}; next start in {wait.TotalSeconds:0.###} s";
    }

    private static TimeSpan Rounded(TimeSpan life) =>
        TimeSpan.FromMilliseconds(
            life < TimeSpan.FromSeconds(10) ? Math.Round(life.TotalMilliseconds / 100) * 100 : Math.Round(life.TotalSeconds) * 1000
        );
}
