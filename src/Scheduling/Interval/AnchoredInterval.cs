namespace Aios.Scheduling;

/// <summary>The instants at whole intervals after an anchor, the anchor itself not among them.</summary>
internal sealed class AnchoredInterval(DateTimeOffset anchor, TimeSpan interval) : ISchedule
{
    public string Identity => $"{IntervalSchedule.IdentityOf(interval)} from {anchor.UtcTicks}";

    public Occurrence? Next(DateTimeOffset after) => At(Math.Max(0, StepsUpTo(after)) + 1);

    public Occurrence? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        var steps = StepsUpTo(upTo);
        return steps >= 1 && At(steps) is { } found && found.At > after ? found : null;
    }

    private long StepsUpTo(DateTimeOffset instant) => (instant.UtcTicks - anchor.UtcTicks) / interval.Ticks;

    private Occurrence? At(long steps)
    {
        if (steps > (DateTime.MaxValue.Ticks - anchor.UtcTicks) / interval.Ticks)
        {
            return null;
        }

        var at = new DateTimeOffset(anchor.UtcTicks + steps * interval.Ticks, TimeSpan.Zero);
        return Occurrence.AtInstant(at);
    }
}
