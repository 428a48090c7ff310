namespace Aios.Tests.BlackBox;

/// <summary>
/// A database that is damaged while it is open, or before the start: it is said within 5 s and with what to do, programs that
/// run go on, a stop ends cleanly, and a start says so in one line.
/// </summary>
[Collection(Undisturbed.Name)]
public sealed class DamageTests
{
    private const string Idle = "[{name: server, type: always, command: [sleep, '1000']}]";
    private const string Advice = "aios restore";

    [RequiresTheory]
    [InlineData("cut in half")]
    [InlineData("cut to nothing")]
    [InlineData("cut in its first page")]
    [InlineData("zeroed")]
    [InlineData("random")]
    [InlineData("a text")]
    [InlineData("its header zeroed")]
    [InlineData("DROP TABLE triggers")]
    [InlineData("DROP TABLE runs")]
    [InlineData("DROP TABLE holds")]
    [InlineData("DROP TABLE devices")]
    [InlineData("DROP TABLE notices")]
    [InlineData("DROP TABLE config")]
    [InlineData("DROP INDEX runs_to_stop")]
    public void Damage_while_it_is_open_is_said_within_seconds_and_the_daemon_ends_cleanly(string damage)
    {
        using var home = new AiosHome(Idle);
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        home.WaitFor(() => home.RunProcesses.Count == 1 && api.Get("/readyz").Status == 200, "the server runs");

        Do(home, damage);
        home.WaitFor(() => api.Get("/readyz").Status == 503, "it is not ready any more", 5);
        Assert.Contains(Advice, api.Get("/readyz").Text, StringComparison.Ordinal);
        Assert.NotEqual(0, home.Cli("health").Status);
        Assert.Single(home.RunProcesses);
        daemon.Signal(AiosProcess.Term);
        Assert.Equal(1, daemon.WaitForExit(20));
        Assert.Contains(Advice, daemon.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", daemon.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("nhandled", daemon.Output, StringComparison.Ordinal);
        Assert.Empty(home.RunProcesses);
    }

    [RequiresTheory]
    [InlineData("cut in half", "is damaged")]
    [InlineData("cut in its first page", "is damaged")]
    [InlineData("zeroed", "is not a SQLite database")]
    [InlineData("random", "is not a SQLite database")]
    [InlineData("a text", "is not a SQLite database")]
    [InlineData("its header zeroed", "is not a SQLite database")]
    [InlineData("DROP TABLE triggers", "the table \"triggers\" is gone")]
    [InlineData("DROP TABLE runs", "the table \"runs\" is gone")]
    [InlineData("DROP TABLE logs", "the table \"logs\" is gone")]
    [InlineData("DROP TABLE holds", "the table \"holds\" is gone")]
    [InlineData("DROP TABLE schedules", "the table \"schedules\" is gone")]
    [InlineData("DROP TABLE devices", "the table \"devices\" is gone")]
    [InlineData("DROP TABLE audit", "the table \"audit\" is gone")]
    [InlineData("DROP TABLE notices; DROP TABLE state", "the tables \"state\", \"notices\" are gone")]
    [InlineData("DROP TABLE config", "the table \"config\" is gone")]
    [InlineData("a folder", "is a folder")]
    public void A_start_on_a_damaged_file_says_so_in_one_line(string damage, string expected)
    {
        using var home = new AiosHome(Idle);
        home.Drain();
        Do(home, damage);
        var start = home.Launch([], "--until-idle");
        Assert.Equal(1, start.WaitForExit());
        Assert.Contains(expected, start.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", start.Output, StringComparison.Ordinal);
        Assert.Single(start.Output.Trim().Split('\n'));
    }

    [RequiresTheory]
    [InlineData("DROP INDEX runs_going_on", "index runs_going_on")]
    [InlineData("DROP INDEX triggers_ready", "index triggers_ready")]
    [InlineData("DROP INDEX triggers_one_always", "index triggers_one_always")]
    [InlineData("DROP TABLE events", "table events")]
    [InlineData("DROP TABLE alarms", "table alarms")]
    [InlineData("DROP TABLE deadlines", "table deadlines")]
    [InlineData("DROP TABLE device_jobs", "table device_jobs")]
    public void What_is_made_again_without_a_loss_is_put_back_by_a_start(string damage, string expected)
    {
        using var home = new AiosHome("[{name: work, type: trigger, command: ['true']}]");
        home.Drain();
        var whole = home.Column("SELECT name FROM sqlite_master ORDER BY name");
        var work = home.Insert("work");
        Do(home, damage);
        Assert.Contains(expected, home.Drain().Output, StringComparison.Ordinal);
        Assert.Equal("succeeded", home.Trigger(work).Status);
        Assert.Equal(whole, home.Column("SELECT name FROM sqlite_master ORDER BY name"));
        Assert.DoesNotContain("lacked what others had dropped", home.Drain().Output, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void A_table_that_comes_back_still_needs_a_new_start()
    {
        using var home = new AiosHome(Idle);
        var daemon = home.Start("--listen", "127.0.0.1:0");
        using var api = ApiClient.Of(daemon);
        home.WaitFor(() => api.Get("/readyz").Status == 200, "it is ready");
        home.Execute("ALTER TABLE holds RENAME TO elsewhere");
        home.WaitFor(() => api.Get("/readyz").Status == 503, "it is not ready any more", 5);
        home.Execute("ALTER TABLE elsewhere RENAME TO holds");
        home.WaitFor(
            () => home.Get<int>("SELECT count(*) FROM devices WHERE heartbeat > unixepoch('now', '-5 seconds')") == 1,
            "it goes on"
        );
        Assert.Equal(503, api.Get("/readyz").Status);
        Assert.Equal(0, daemon.Stop());
        using var next = ApiClient.Start(home);
        home.WaitFor(() => next.Get("/readyz").Status == 200, "it is ready");
    }

    private static void Do(AiosHome home, string damage)
    {
        if (damage.Contains("DROP ", StringComparison.Ordinal))
        {
            home.Execute(damage);
            return;
        }

        if (damage == "a folder")
        {
            File.Delete(home.Database);
            Directory.CreateDirectory(home.Database);
            return;
        }

        // No commit of the daemon is in the middle: it would put right what is damaged here.
        using var connection = home.Open();
        AiosHome.Execute(connection, "BEGIN IMMEDIATE");
        using var file = new FileStream(home.Database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        var length = (int)file.Length;
        switch (damage)
        {
            case "cut in half":
                file.SetLength(length / 2);
                break;
            case "cut to nothing":
                file.SetLength(0);
                break;
            case "cut in its first page":
                file.SetLength(50);
                break;
            case "zeroed":
                file.Write(new byte[length]);
                break;
            case "its header zeroed":
                file.Write(new byte[100]);
                break;
            case "random":
                var bytes = new byte[length];
                new Random(4711).NextBytes(bytes);
                file.Write(bytes);
                break;
            case "a text":
                file.SetLength(0);
                file.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("not a database\n", 2000))));
                break;
            default:
                throw new ArgumentException(damage, nameof(damage));
        }
    }
}
