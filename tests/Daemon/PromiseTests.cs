using Aios.Control;
using Aios.Jobs;
using Aios.Scheduling;
using Aios.Store.Sqlite.Reading;

namespace Aios.Tests.Daemon;

/// <summary>What <c>aios next</c> says is what the daemon then does, for random schedules, changes of them and clocks.</summary>
public sealed class PromiseTests
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "Europe/Dublin",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "America/New_York",
        "Asia/Tokyo",
    ];
    private static readonly string[] Starts =
    [
        "2026-03-02T12:00Z",
        "2026-03-28T22:30Z",
        "2026-10-24T21:10Z",
        "2026-02-14T23:00Z",
        "2026-04-04T12:00Z",
        "2026-10-03T13:00Z",
    ];
    private static readonly string[] Expressions =
    [
        "*/7 * * * *",
        "30 2 * * *",
        "0 * * * *",
        "15 1,2,3 * * *",
        "*/30 * * * * *",
        "0 9 * * MON-FRI",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_promised_is_done(int seed)
    {
        var random = new Random(seed);
        var job = Draw(random);
        using var rig = new DaemonRig(job);
        rig.Clock.SetWall(DateTimeOffset.Parse(Starts[seed % Starts.Length], System.Globalization.CultureInfo.InvariantCulture));
        rig.PassToEnd();
        for (var step = 0; step < 12; step++)
        {
            if (Disturb(rig, random, job) is { } changed)
                rig.UseList(job = changed);
            var overdue = Coming(rig, job);
            var before = Newest(rig);
            rig.PassToEnd();
            Assert.True(overdue.At is null == Newest(rig) > before, $"step {step}: {job.Type}, {overdue}, {Newest(rig) - before} triggers");
            if (Coming(rig, job).At is not { } promised)
                continue;
            before = Newest(rig);
            if (promised - rig.Clock.GetUtcNow() > TimeSpan.FromMilliseconds(1))
                rig.Clock.Advance(promised - rig.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
            rig.PassToEnd();
            Assert.Equal(before, Newest(rig));
            rig.Clock.Advance(promised - rig.Clock.GetUtcNow());
            rig.PassToEnd();
            Assert.True(Newest(rig) == before + 1, $"step {step}: {job.Type} was promised for {promised:o}");
        }
    }

    private static ComingOccurrence Coming(DaemonRig rig, Job job)
    {
        using var reader = SqliteStoreReader.Open(rig.DatabasePath)!;
        return new ComingOccurrences(reader, rig.Clock.GetUtcNow()).Of(job).First();
    }

    private static long Newest(DaemonRig rig) => rig.Sql.Scalar<long>("SELECT count(*) FROM triggers WHERE status <> 'skipped'");

    // The new list of a change, or null where something else happens.
    private static Job? Disturb(DaemonRig rig, Random random, Job job)
    {
        switch (random.Next(6))
        {
            case 0:
                return Draw(random);
            case 1:
                rig.Clock.SetWall(rig.Clock.GetUtcNow().AddMinutes(-random.Next(1, 3000)));
                return job;
            case 2:
                rig.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 3000)));
                return job;
            case 3:
                return job.In(TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]));
            default:
                rig.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(5_000_000)));
                return null;
        }
    }

    private static Job Draw(Random random)
    {
        var (job, zone, catchUp) = (
            DaemonRig.Job("j"),
            TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]),
            random.Next(2) == 0 ? CatchUp.Once : CatchUp.None
        );
        var scheduled = random.Next(4) switch
        {
            0 => job.Daily(Time(random)),
            1 => job.RandomDaily(Time(random), Time(random)),
            2 => job.Every(TimeSpan.FromMinutes(random.Next(1, 300))),
            _ => job.At(CronExpression.ParseAny(Expressions[random.Next(Expressions.Length)])),
        };
        return scheduled.In(zone).CatchingUp(catchUp);
    }

    private static TimeOnly Time(Random random) => new(random.Next(24), random.Next(60));
}
