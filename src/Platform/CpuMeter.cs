namespace Aios.Platform;

/// <summary>How much of the machine's processors was in use between two looks. Where that cannot be told, none.</summary>
internal sealed class CpuMeter
{
    private long _busy;
    private long _total;

    /// <summary>The share in percent of all processors since the last call; 0 at the first.</summary>
    public double BusyPercentSinceLast()
    {
        if (Read() is not { } now)
            return 0;
        var (busy, total) = (now.Busy - _busy, now.Total - _total);
        var first = _total == 0;
        (_busy, _total) = now;
        return first || total <= 0 ? 0 : 100.0 * busy / total;
    }

    // proc(5): "cpu user nice system idle iowait irq softirq steal ...", in ticks since boot. Nice time is work that gives way already.
    private static (long Busy, long Total)? Read()
    {
        try
        {
            using var reader = new StreamReader("/proc/stat");
            var fields = reader.ReadLine()?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is not ["cpu", ..] || fields.Length < 8)
                return null;
            var ticks = fields.Skip(1).Take(8).Select(long.Parse).ToArray();
            var total = ticks.Sum();
            return (total - ticks[1] - ticks[3] - ticks[4], total);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
