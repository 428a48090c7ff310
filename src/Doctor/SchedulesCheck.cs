using System.Globalization;
using Aios.Daemon.Presence;
using Aios.Jobs;
using Aios.Store;

namespace Aios.Doctor;

/// <summary>Are the schedules followed in time? What is due and has not been turned into a trigger is late.</summary>
internal sealed class SchedulesCheck : ICheck
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Bad = TimeSpan.FromSeconds(60);

    public string Name => "schedules";

    public Finding Look(ExaminationInput setUp)
    {
        var now = setUp.Clock.GetUtcNow();
        using var reader = setUp.Settings.Database.Read();
        if (reader is null)
            return Finding.Ok("nothing has run here yet");
        var (followed, late) = Late(setUp, reader, now);
        if (late is not { } worst)
            return Finding.Ok($"{followed} followed, none late");
        var figure = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{worst.Job}\" was due {(now - worst.Due).TotalSeconds:0} s ago and is not queued"
        );
        if (now - worst.Due < Noticeable)
            return Finding.Ok($"{followed} followed, the latest {(now - worst.Due).TotalMilliseconds:0} ms behind");
        if (!DaemonPresence.Of(setUp.Settings.Database, now).Lives)
            return Finding.Note(figure, "No daemon is running. When one starts, `catch_up` of the job decides about it.");
        const string advice = "The daemon hangs, waits for the database or has too much to do: see its log and the other lines here.";
        return now - worst.Due < Bad ? Finding.Note(figure, advice) : Finding.Problem(figure, advice);
    }

    private static (int Followed, (string Job, DateTimeOffset Due)? Worst) Late(
        ExaminationInput setUp,
        IStoreReader reader,
        DateTimeOffset now
    )
    {
        var (databaseId, cursors) = (reader.DatabaseId(), reader.Cursors());
        (string, DateTimeOffset Due)? worst = null;
        var followed = 0;
        foreach (var job in setUp.Runnable)
        {
            // One whose schedule was changed begins anew when the daemon has seen it.
            if (
                JobSchedules.Of(job, databaseId) is not { } schedule
                || cursors[job.Name].FirstOrDefault(stored => stored.Schedule == schedule.Identity) is not { } cursor
            )
                continue;
            followed++;
            if (
                JobSchedules.FirstDue(schedule, cursor.Cursor, cursor.Resumed, now) is { } due
                && due <= now
                && (worst is null || due < worst.Value.Due)
            )
                worst = (job.Name, due);
        }

        return (followed, worst);
    }
}
