namespace Aios.Tests.BlackBox;

/// <summary>Runs that are shorter than the commit that claims them: some are claimed a moment ahead of their slot.</summary>
public sealed class ShortRunTests
{
    private const int Most = 3;

    private const string Jobs = "[{name: short, type: trigger, command: [sh, -c, 'echo + >> lines; echo - >> lines', short]}]";

    [RequiresFact]
    public void No_more_run_at_once_than_may_and_a_stop_in_the_middle_counts_no_attempt()
    {
        const int count = 2000;
        using var home = new AiosHome(Jobs);
        var daemon = home.Start("--max-parallel", $"{Most}");
        home.InsertMany("short", count);
        home.WaitFor(() => Closed(home) > 100, "some are done", 60);
        Assert.Equal(0, daemon.Stop());
        Assert.True(Closed(home) < count);
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'running'"));
        Assert.Equal(0, home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NULL AND (status <> 'queued' OR attempt <> 0)"));
        Assert.InRange(AtOnce(home), 1, Most);

        home.Start("--max-parallel", $"{Most}");
        home.WaitFor(() => Closed(home) == count, "all are done", 60);
        Assert.Equal(count, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded' AND attempt = 1"));
        Assert.Equal(count, home.Get<int>("SELECT count(*) FROM runs WHERE status = 'succeeded' AND pid > 0 AND process_start > 0"));
        Assert.InRange(AtOnce(home), 1, Most);
    }

    private static int Closed(AiosHome home) => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NOT NULL");

    // A run that was ended in its middle did not get to its second word.
    private static int AtOnce(AiosHome home)
    {
        var (now, most) = (0, 0);
        foreach (var line in File.ReadAllLines(home.In("lines")))
        {
            now += line == "+" ? 1 : -1;
            most = Math.Max(most, now);
        }

        File.Delete(home.In("lines"));
        return most;
    }
}
