using System.Globalization;
using Aios.Platform;
using Aios.Store;

namespace Aios.Doctor;

/// <summary>Does the clock show a time that can be, and are time zones known by their names?</summary>
internal sealed class ClockCheck : ICheck
{
    private const int FirstYear = 2024;
    private const int LastYear = 2100;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public string Name => "clock";

    public Finding Look(ExaminationInput setUp)
    {
        var now = setUp.Clock.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.Local);
        var figure = $"{local.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)} ({TimeZoneInfo.Local.Id})";
        if (now.Year is < FirstYear or > LastYear)
            return Finding.Problem(figure, "Set the machine's clock: no schedule can be right before that.");
        if (!ZonesAreKnown())
            return Finding.Problem(
                $"{figure}; no time zones by name",
                "Install the time zone data (Debian and Ubuntu: apt-get install tzdata)."
            );
        if (LocalZone.Defect() is { } defect)
            return Finding.Problem($"{figure}; {defect}", "Set TZ to a name such as Europe/Berlin, or write `timezone` in the job list.");
        if (Lag(setUp, now) is { } lag)
            return Finding.Problem($"{figure}: {lag}", ClockLag.Advice);
        if (NewestFile(setUp) is { } ahead && ahead.At > now + Tolerance)
        {
            return Finding.Note(
                $"{figure}, but {ahead.Path} was changed at "
                    + $"{ahead.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC",
                "The clock went back, or the file came from a machine whose clock is ahead: check that it is right now."
            );
        }

        return Finding.Ok(figure);
    }

    private static string? Lag(ExaminationInput setUp, DateTimeOffset now)
    {
        using var reader = setUp.Settings.Database.ReadIfUsed();
        return reader is null ? null : ClockLag.Words(reader.NewestInstant(), now);
    }

    private static bool ZonesAreKnown() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _);

    private static (string Path, DateTimeOffset At)? NewestFile(ExaminationInput setUp)
    {
        var files = ((string[])[setUp.Settings.Database.Name, setUp.Settings.JobsFolder])
            .Where(Path.Exists)
            .Select(path => (path, (DateTimeOffset)File.GetLastWriteTimeUtc(path)))
            .ToList();
        return files.Count == 0 ? null : files.MaxBy(file => file.Item2);
    }
}
