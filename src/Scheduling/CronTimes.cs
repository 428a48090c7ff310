namespace Aios.Scheduling;

/// <summary>The times of day that a cron expression names, in whole seconds since midnight on the wall.</summary>
internal readonly record struct CronTimes(ulong Seconds, ulong Minutes, ulong Hours)
{
    public const int None = BitField.None;

    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;

    /// <summary>The time a search in this direction meets first on a day.</summary>
    public int First(Direction direction) => InHour(BitField.First(Hours, direction), direction);

    /// <summary>The time nearest to <paramref name="from"/>, at it or beyond it within the day, or None.</summary>
    public int Nearest(int from, Direction direction)
    {
        var hour = from / SecondsPerHour;
        var found = BitField.Nearest(Hours, hour, direction);
        if (found == hour)
        {
            var time = NearestInHour(hour, from % SecondsPerHour, direction);
            if (time != None)
            {
                return time;
            }

            found = BitField.Nearest(Hours, hour + (int)direction, direction);
        }

        return found == BitField.None ? None : InHour(found, direction);
    }

    private int NearestInHour(int hour, int from, Direction direction)
    {
        var minute = from / SecondsPerMinute;
        var found = BitField.Nearest(Minutes, minute, direction);
        if (found == minute)
        {
            var second = BitField.Nearest(Seconds, from % SecondsPerMinute, direction);
            if (second != BitField.None)
            {
                return hour * SecondsPerHour + minute * SecondsPerMinute + second;
            }

            found = BitField.Nearest(Minutes, minute + (int)direction, direction);
        }

        return found == BitField.None ? None : InMinute(hour, found, direction);
    }

    private int InHour(int hour, Direction direction) =>
        InMinute(hour, BitField.First(Minutes, direction), direction);

    private int InMinute(int hour, int minute, Direction direction) =>
        hour * SecondsPerHour + minute * SecondsPerMinute + BitField.First(Seconds, direction);
}
