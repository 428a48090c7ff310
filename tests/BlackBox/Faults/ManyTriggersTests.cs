namespace Aios.Tests.BlackBox;

/// <summary>Large numbers at once.</summary>
[Collection(Undisturbed.Name)]
public sealed class ManyTriggersTests
{
    private const int Many = 10_000;

    private const string Jobs = """
        - {name: count, type: trigger, command: [sh, -c, 'echo "$DEVICE_ID $1" >> lines', count]}
        """;

    [RequiresFact]
    public void Ten_thousand_rows_of_one_commit_are_each_run_exactly_once()
    {
        using var home = new AiosHome(Jobs);
        home.Start();
        home.InsertMany("count", Many);
        EachRanOnce(home);
    }

    [RequiresFact]
    public void Two_daemons_share_ten_thousand_rows_and_neither_runs_what_the_other_claimed()
    {
        using var home = new AiosHome(Jobs);
        home.Start([("DEVICE_ID", "a")]);
        home.Start([("DEVICE_ID", "b")]);
        home.InsertMany("count", Many);
        EachRanOnce(home);
        var devices = File.ReadAllLines(home.In("lines")).CountBy(line => line[..1]).ToDictionary();
        Assert.True(
            devices.GetValueOrDefault("a") > 100 && devices.GetValueOrDefault("b") > 100,
            $"a: {devices.GetValueOrDefault("a")}, b: {devices.GetValueOrDefault("b")}"
        );
        Assert.Equal(devices["a"], home.Get<int>("SELECT count(*) FROM runs WHERE device = 'a'"));
    }

    private static void EachRanOnce(AiosHome home)
    {
        home.WaitFor(() => home.Get<int>("SELECT count(*) FROM triggers WHERE processed IS NOT NULL") == Many, "all are closed", 180);
        Assert.Equal(Many, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded' AND attempt = 1"));
        Assert.Equal(Many, home.Get<int>("SELECT count(*) FROM runs"));
        var numbers = File.ReadAllLines(home.In("lines")).Select(line => int.Parse(line.Split(' ')[1])).Order().ToList();
        Assert.Equal(Enumerable.Range(0, Many), numbers);
    }
}
