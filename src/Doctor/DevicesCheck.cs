using Aios.Daemon.Presence;

namespace Aios.Doctor;

/// <summary>The daemons: does one work on the database, when was it last heard of, and what does it say is wrong with it?</summary>
internal sealed class DevicesCheck : ICheck
{
    // Each beats every ten seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    public string Name => "daemon";

    public Finding Look(ExaminationInput setUp)
    {
        var now = setUp.Clock.GetUtcNow();
        var life = DaemonPresence.Of(setUp.Settings.Database, now);
        if (!life.Lives)
            return Finding.Problem(life.Words, "Start it with `aios`. The other checks read only the database.");
        using var reader = setUp.Settings.Database.Read();
        var online = (reader?.Devices() ?? []).Where(device => device.Status == "online").ToList();
        if (online.FirstOrDefault(device => now - device.Heartbeat > LongestSilence) is { } silent)
        {
            return Finding.Problem(
                $"device \"{silent.Device}\" was heard of {(now - silent.Heartbeat).TotalSeconds:0} s ago, expected within 10 s",
                "It hangs, cannot write to the database, or is gone: see its log, and start it again."
            );
        }

        if (online.FirstOrDefault(device => device.Stalled is not null) is { } stalled)
        {
            return Finding.Problem(
                $"the loop of device \"{stalled.Device}\" has not got on since {stalled.Stalled:yyyy-MM-dd HH:mm:ss} UTC: "
                    + $"{stalled.Trouble}",
                "Nothing starts until it does. Fix the problem in its log."
            );
        }

        if (online.FirstOrDefault(device => device.Trouble is not null) is { } troubled)
            return Finding.Note($"device \"{troubled.Device}\": {troubled.Trouble}", "It continues as before; fix the problem.");
        return online.Count == 0
            ? Finding.Ok(life.Words)
            : Finding.Ok(
                string.Join(
                    ", ",
                    online.Select(device => $"device \"{device.Device}\", heard of {(now - device.Heartbeat).TotalSeconds:0} s ago")
                )
            );
    }
}
