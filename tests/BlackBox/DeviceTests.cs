namespace Aios.Tests.BlackBox;

/// <summary>Tags, and daemons that share a database.</summary>
public sealed class DeviceTests
{
    private const string Tagged = """
        - {name: train, type: trigger, tags: [gpu, linux], command: ['true']}
        - {name: anywhere, type: trigger, command: ['true']}
        """;

    [RequiresFact]
    public void A_trigger_waits_for_a_device_that_has_its_tags_and_says_so()
    {
        using var home = new AiosHome(Tagged);
        home.Start([("DEVICE_ID", "plain"), ("DEVICE_TAGS", "linux")]);
        var trigger = home.Insert("train");
        home.WaitFor(() => home.Trigger(trigger).Status == "waiting", "it waits");
        Assert.Contains("gpu", home.Trigger(trigger).Reason, StringComparison.Ordinal);
        Assert.Contains("gpu", home.Cli("status").Exits(0).Out, StringComparison.Ordinal);
        home.Closed(home.Insert("anywhere"));

        home.Start([], "--device-id", "strong", "--tags", "linux, gpu, fast");
        Assert.Equal("succeeded", home.Closed(trigger).Status);
        Assert.Equal("strong", Assert.Single(home.Runs(trigger)).Device);
    }

    [RequiresFact]
    public void Only_the_device_with_the_tags_runs_the_schedule_of_a_job()
    {
        using var home = new AiosHome("[{name: tick, type: interval, interval: 300ms, tags: [here], command: ['true']}]");
        home.Start([("DEVICE_ID", "other")]);
        home.Start([("DEVICE_ID", "right"), ("DEVICE_TAGS", "here")]);
        home.WaitFor(() => home.RunsOf("tick").Count >= 3, "it runs");
        Assert.All(home.RunsOf("tick"), run => Assert.Equal("right", run.Device));
    }

    [RequiresFact]
    public void An_occurrence_runs_once_whatever_number_of_devices_share_the_database()
    {
        using var home = new AiosHome("[{name: second, type: cron, cron: '* * * * * *', command: ['true']}]");
        foreach (var device in (string[])["a", "b", "c"])
            home.Start([("DEVICE_ID", device)]);
        home.WaitFor(() => home.RunsOf("second").Count >= 4, "it has run");
        Assert.Equal(0, home.Get<int>("SELECT count(*) - count(DISTINCT occurrence) FROM triggers"));
        Assert.Equal(0, home.Get<int>("SELECT count(*) - count(DISTINCT trigger_id) FROM runs"));
    }

    [RequiresFact]
    public void An_always_job_has_one_process_for_each_database_and_moves_when_its_device_goes()
    {
        using var home = new AiosHome("[{name: server, type: always, command: [sleep, '1000']}]");
        var first = home.Start([("DEVICE_ID", "a")]);
        home.Start([("DEVICE_ID", "b")]);
        home.WaitFor(() => home.RunProcesses.Count == 1, "it runs");
        home.Holds(() => home.RunProcesses.Count == 1, "on one device", 1);
        Assert.Equal(0, first.Stop());
        home.WaitFor(
            () => home.RunsOf("server") is [.., { Device: "b", Status: "running" }] && home.RunProcesses.Count == 1,
            "it runs on the other"
        );
    }

    [RequiresFact]
    public void A_device_id_that_a_living_daemon_holds_is_refused()
    {
        using var home = new AiosHome();
        var first = home.Start([("DEVICE_ID", "mine")]);
        var second = home.Launch([], ["--device-id", "mine"]);
        Assert.Equal(1, second.WaitForExit());
        Assert.Contains("\"mine\"", second.Output, StringComparison.Ordinal);
        first.Kill();
        home.Start([("DEVICE_ID", "mine")]);
    }

    [RequiresFact]
    public void The_default_id_is_the_hosts_name_and_is_numbered_while_it_is_taken()
    {
        using var home = new AiosHome();
        home.Start();
        var second = home.Start();
        home.Start();
        var host = Environment.MachineName;
        second.WaitForOutput($"Another daemon runs on this database as device \"{host}\": this one is \"{host}-2\"");
        Assert.Equal([host, $"{host}-2", $"{host}-3"], home.Column("SELECT device FROM devices ORDER BY device"));
        second.Stop();
        home.Start();
        Assert.Equal(3, home.Get<int>("SELECT count(*) FROM devices WHERE status = 'online'"));
    }

    [RequiresFact]
    public void A_device_that_stops_is_offline_and_a_job_that_only_it_knows_waits()
    {
        using var home = new AiosHome("[{name: here, type: trigger, command: ['true']}]");
        home.Start([("DEVICE_ID", "knows")]).Stop();
        Assert.Equal("offline", home.Get<string>("SELECT status FROM devices"));
        home.WriteJobs("[]");
        var daemon = home.Start([("DEVICE_ID", "other")]);
        var trigger = home.Insert("here");
        home.WaitFor(() => home.Trigger(trigger).Status == "waiting", "it waits");
        Assert.NotEmpty(home.Trigger(trigger).Reason);
        daemon.Stop();
        home.WriteJobs("[{name: here, type: trigger, command: ['true']}]");
        home.Start([("DEVICE_ID", "knows")]);
        Assert.Equal("succeeded", home.Closed(trigger).Status);
    }
}
