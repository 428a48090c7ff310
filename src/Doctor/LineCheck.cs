namespace Aios.Doctor;

/// <summary>How long is the line, and how long has its first one stood there?</summary>
internal sealed class LineCheck : ICheck
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    public string Name => "line";

    public Finding Look(ExaminationInput setUp)
    {
        using var reader = setUp.Settings.Database.Read();
        if (reader is null)
            return Finding.Ok("nothing has run here yet");
        var line = reader.Line();
        var age = line.OldestQueued is { } since ? setUp.Clock.GetUtcNow() - since : TimeSpan.Zero;
        var figure =
            $"{line.Queued} queued (the oldest for {Age(age)}), {line.WaitingForTime} waiting for a time, {line.WaitingForElse} for "
            + $"something else, {line.Running} running";
        return age <= Long
            ? Finding.Ok(figure)
            : Finding.Note(
                figure,
                "More comes in than can start: raise max_parallel, or see with `aios status` and `aios jobs show NAME` what holds it up."
            );
    }

    private static string Age(TimeSpan age) =>
        age.TotalSeconds < 120 ? $"{Math.Max(age.TotalSeconds, 0):0} s" : $"{age.TotalMinutes:0} min";
}
