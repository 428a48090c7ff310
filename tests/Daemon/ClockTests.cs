using Aios.Doctor;
using Aios.Jobs;
using Aios.Platform;
using Aios.Scheduling;
using Aios.Store;
using Aios.Store.Sqlite.Reading;

namespace Aios.Tests.Daemon;

/// <summary>A clock that is behind, and a zone that is none.</summary>
public sealed class ClockTests
{
    private static readonly Job Hourly = DaemonRig.Job("h").At(CronExpression.Parse("@hourly"));

    [Theory]
    [InlineData(0, false)]
    [InlineData(-4, false)]
    [InlineData(-6, true)]
    [InlineData(-600, true)]
    [InlineData(-6_000_000, true)]
    [InlineData(600, false)]
    public void A_clock_before_what_the_database_has_seen_is_a_problem(int minutes, bool isProblem)
    {
        using var rig = new DaemonRig(Hourly);
        rig.Tick();
        rig.Clock.SetWall(rig.Clock.GetUtcNow().AddMinutes(minutes));
        rig.UseList(Hourly);
        rig.Tick();

        using var reader = SqliteStoreReader.Open(rig.DatabasePath)!;
        Assert.Equal(isProblem, ClockLag.Words(reader.NewestInstant(), rig.Clock.GetUtcNow()) is not null);
        Assert.Equal(isProblem, ClockLag.Words(rig.Last.NewestInstant, rig.Clock.GetUtcNow()) is not null);
        var why = Aios.Control.JobWhy.Of(
            Hourly,
            Aios.Control.JobFacts.Of(reader, "h", rig.Clock.GetUtcNow()),
            new Aios.Control.ComingOccurrences(reader, rig.Clock.GetUtcNow())
        );
        Assert.Equal(isProblem, why.Because.Any(words => words.StartsWith("the clock shows", StringComparison.Ordinal)));
        if (rig.Clock.GetUtcNow().Year < 2024)
            return;
        var finding = new ClockCheck().Look(new ExaminationInput(rig.Context.Settings, null, rig.Clock));
        Assert.Equal(isProblem, finding.State == FindingState.Problem);
    }

    [Theory]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "a rule")]
    [InlineData("EST5EDT,M3.2.0,M11.1.0", "a rule")]
    [InlineData("<+0330>-3:30", "a rule")]
    [InlineData("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "a rule")]
    [InlineData("JST-9", "a rule")]
    [InlineData("Europe/Berlim", "no time zone")]
    [InlineData("Berlin", "no time zone")]
    [InlineData(":Europe/Atlantis", "no time zone")]
    [InlineData("/no/such/file", "no time zone")]
    [InlineData("CEST", "no time zone")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("UTC", null)]
    [InlineData("UTC0", null)]
    [InlineData("<UTC>0", null)]
    [InlineData("GMT+0:00", null)]
    [InlineData("Europe/Berlin", null)]
    [InlineData(":Europe/Berlin", null)]
    [InlineData("EST5EDT", null)]
    public void A_variable_TZ_that_means_UTC_in_silence_is_said(string? value, string? said)
    {
        var defect = LocalZone.DefectOf(value);
        if (said is null)
            Assert.Null(defect);
        else
            Assert.Contains(said, defect, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_no_time_zone_of_a_job()
    {
        var list = JobListLoader.Parse(
            "[{name: a, type: daily, time: '09:00', command: [echo], timezone: 'CET-1CEST,M3.5.0,M10.5.0/3'}]",
            "jobs.yaml",
            "/nowhere"
        );
        Assert.Contains("is a rule in the form of POSIX", Assert.Single(list.Errors).ToString(), StringComparison.Ordinal);
    }
}
