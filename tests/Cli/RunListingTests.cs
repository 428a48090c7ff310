using Aios.Cli;
using Aios.Store.Runs;

namespace Aios.Tests.Cli;

/// <summary>What is left out of a table of runs where it does not fit: never the reason.</summary>
public sealed class RunListingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_80_columns_the_reason_is_read_and_the_start_is_short()
    {
        var lines = Lines(80);
        Assert.Equal("RUN   JOB             STATUS     TIMES  STARTED     REASON", lines[0]);
        Assert.Matches(@"^1042  morning_report  failed     12     \d\d:\d\d:\d\d    No module named 'pandas' \(e…$", lines[1]);
        Assert.Matches(@"^1030  web             succeeded  1      2026-11-1[89]  -$", lines[2]);
    }

    [Fact]
    public void With_more_columns_there_is_room_for_dates() =>
        Assert.Matches(@"  2026-11-2[01] \d\d:\d\d:\d\d  2\.0 s  No module named 'pandas' \(exi.*…$", Lines(114)[1]);

    [Fact]
    public void In_a_pipe_nothing_is_left_out() =>
        Assert.Matches(
            @"2026-11-2[01] \d\d:\d\d:\d\d  2\.0 s  2        No module named 'pandas' \(exit status 1\); hint: pip install pandas$",
            Lines(null)[1]
        );

    [Fact]
    public void What_goes_on_has_no_reason_and_so_keeps_how_long_it_took()
    {
        var table = RunListing.Of(
            [Run(7, "web", "running", Now.AddSeconds(-90), null, null)],
            Now,
            new Screen(80, 24, false),
            withDevice: false
        );
        Assert.Equal("RUN  JOB  STATUS   STARTED   TOOK  ATTEMPT", table.Lines(new Screen(45, 24, false)).First());
    }

    private static List<string> Lines(int? columns)
    {
        var screen = new Screen(columns, 24, false);
        RunStreak[] streaks =
        [
            new(
                Run(
                    1042,
                    "morning_report",
                    "failed",
                    Now.AddSeconds(-2),
                    Now,
                    "No module named 'pandas' (exit status 1); hint: pip install pandas"
                ),
                12
            ),
            new(Run(1030, "web", "succeeded", Now.AddDays(-2), Now.AddDays(-1), null), 1),
        ];
        return [.. RunListing.Of(streaks, Now, screen, withDevice: false).Lines(screen)];
    }

    private static RunSummary Run(long id, string job, string status, DateTimeOffset started, DateTimeOffset? ended, string? reason) =>
        new(id, id, job, 2, status, reason, "laptop", null, started, ended, null, null, null, null, null, null);
}
