using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs;

/// <summary>The names that job types have in a list.</summary>
internal static class JobTypes
{
    /// <summary>In the order in which a person reads about them.</summary>
    public static readonly ImmutableArray<(string Name, JobType Value)> All =
    [
        ("always", JobType.Always),
        ("daily", JobType.Daily),
        ("interval", JobType.Interval),
        ("random_daily", JobType.RandomDaily),
        ("cron", JobType.Cron),
        ("trigger", JobType.Trigger),
        ("idle", JobType.Idle),
    ];

    public static readonly ChoiceFormat<JobType> Format = new(All);

    public static string Name(JobType type) => All.First(entry => entry.Value == type).Name;

    /// <summary>"daily, random_daily and cron".</summary>
    public static string Names(ImmutableArray<JobType> types)
    {
        var names = types.Select(Name).ToArray();
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
