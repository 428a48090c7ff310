using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>Counts the questions that a schedule is asked.</summary>
internal sealed class CountingSchedule(ISchedule schedule) : ISchedule
{
    public int Questions { get; private set; }

    public string Identity => schedule.Identity;

    public Occurrence? Next(DateTimeOffset after)
    {
        Questions++;
        return schedule.Next(after);
    }

    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        Questions++;
        return schedule.Latest(after, upTo);
    }
}
