namespace Aios.Tests.BlackBox;

/// <summary>That the executable removes old history, by the limits that it is told.</summary>
public class RetentionTests
{
    [RequiresFact]
    public void What_is_older_than_the_settings_allow_is_gone_when_a_daemon_ends_that_was_only_to_do_what_is_due()
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: [echo, hello]}]");
        home.Drain();
        var old = home.Insert("work");
        // One after the other: the latest run of a job is kept whatever its age.
        home.Drain();
        var open = home.Insert("nobody_has_it_enabled");
        var young = home.Insert("work");
        home.Drain();
        home.Execute("UPDATE triggers SET created = @2, processed = @2 WHERE id = @1", old, AiosHome.Now() - (40 * 86_400));
        home.Execute(
            "UPDATE triggers SET processed = NULL, status = 'waiting', due = 9e9, reason = 'for a test', created = 1 WHERE id = @1",
            open
        );

        File.WriteAllText(home.In("aios.yaml"), "keep_days: 50\n");
        home.Drain();
        Assert.Equal([$"{old}", $"{open}", $"{young}"], home.Column("SELECT id FROM triggers ORDER BY id"));

        // On a machine under load the two seconds that it takes at its end may not be enough.
        home.WaitFor(
            () => home.Drain("--keep-days", "30").HasExited && home.Get<int>("SELECT count(*) FROM triggers") == 2,
            "the old one is gone"
        );
        Assert.Equal([$"{open}", $"{young}"], home.Column("SELECT id FROM triggers ORDER BY id"));
        Assert.Empty(home.Runs(old));
        Assert.Equal(1, home.Get<int>("SELECT count(*) FROM logs WHERE message = 'hello'"));
    }

    [RequiresFact]
    public void A_limit_that_makes_no_sense_is_told_by_its_name()
    {
        using var home = new AiosHome();
        File.WriteAllText(home.In("aios.yaml"), "keep_days: a while\n");
        var result = home.Cli("run").Exits(2);
        Assert.Contains("keep_days (AIOS_KEEP_DAYS): found \"a while\", expected a whole number", result.Error, StringComparison.Ordinal);
    }
}
