using Aios.Scheduling;

namespace Aios.Tests.Scheduling;

/// <summary>The keys under which databases keep how far a schedule was followed: none of them may ever change.</summary>
public sealed class IdentityTests
{
    private static readonly TimeZoneInfo Berlin = CronCase.Zone("Europe/Berlin");

    [Fact]
    public void An_identity_is_what_former_versions_stored()
    {
        Assert.Equal("daily at 09:00 (Europe/Berlin)", new DailySchedule(new TimeOnly(9, 0), Berlin).Identity);
        Assert.Equal("daily at 09:00:30.5 (Europe/Berlin)", new DailySchedule(new TimeOnly(9, 0, 30, 500), Berlin).Identity);
        Assert.Equal(
            "daily at random between 22:00 and 06:00 (Europe/Berlin)",
            new RandomDailySchedule(new TimeOnly(22, 0), new TimeOnly(6, 0), Berlin, "seed").Identity
        );
        Assert.Equal("every 1 h 30 min", new IntervalSchedule(TimeSpan.FromMinutes(90)).Identity);
        Assert.Equal("every 100 ms", new IntervalSchedule(TimeSpan.FromMilliseconds(100)).Identity);
        Assert.Equal(
            "cron \"*/5 * * * MON-fri\" (Europe/Berlin)",
            new CronSchedule(CronExpression.ParseAny(" */5  * * * MON-fri"), Berlin).Identity
        );
        Assert.Equal("cron \"@daily\" (UTC)", new CronSchedule(CronExpression.Parse("@daily"), TimeZoneInfo.Utc).Identity);
    }

    [Fact]
    public void What_people_read_may_say_more() =>
        Assert.Equal(
            "cron \"H 3 * * *\" (UTC)",
            new CronSchedule(CronExpression.Parse("H 3 * * *").SeededBy("backup"), TimeZoneInfo.Utc).Identity
        );
}
