using Aios.Jobs;

namespace Aios.Daemon;

/// <summary>The rule for an <c>always</c> job that ends again and again before it counts as stable.</summary>
internal static class CrashLoop
{
    /// <summary>So many short lives in a row are a crash loop.</summary>
    public const int Threshold = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after the <paramref name="shortLives"/>th short life in a row: the job's own back-off, at most a minute unless the job lists its waits.</summary>
    public static TimeSpan Wait(Job job, int shortLives)
    {
        var wait = job.Backoff.After(shortLives);
        return job.Backoff.Doubles && wait > LongestWait ? LongestWait : wait;
    }

    /// <summary>In words, for the trigger's row.</summary>
    public static string Reason(Job job, EndedRun ended, TimeSpan wait)
    {
        var life = $"lasted less than {job.MinUptime.TotalSeconds:0.###} s, {ended.Attempt} in a row";
        return ended.Attempt >= Threshold
            ? $"crash loop: {life}; next start in {wait.TotalSeconds:0.###} s"
            : $"{life}; next start in {wait.TotalSeconds:0.###} s";
    }
}
