using System.Diagnostics;
using Aios.Import;
using Aios.Jobs;
using Aios.Scheduling;
using Aios.Tests.Support;

namespace Aios.Tests.Import;

/// <summary>Crontabs, as cron itself reads them.</summary>
public sealed class CrontabTests
{
    [Fact]
    public void A_line_becomes_a_job_that_runs_at_the_same_times()
    {
        var taken = Of(
            """
            # Edit this file to introduce tasks to be run by cron.
            #
            # m h  dom mon dow   command
            PATH=/opt/bin:/usr/bin
            NAME = "two words"
            CRON_TZ=Europe/Berlin

            # Copies the pictures
            # to the other disk
            */10 8-18 * * 1-5 /usr/local/bin/backup.sh --all >> /tmp/log 2>&1
            @daily	cd /srv/app && python3 report.py
            0 4 1,15 * Sun	 /usr/local/bin/backup.sh
            """).Good();
        Assert.Equal(["backup", "report", "backup_2"], taken.List.Jobs.Select(job => job.Name));
        Assert.All(taken.List.Jobs, job =>
        {
            Assert.Equal((JobType.Cron, "Europe/Berlin", CatchUp.None, Overlap.Parallel), (job.Type, job.TimeZone.Id, job.CatchUp, job.Overlap));
            Assert.Equal("/opt/bin:/usr/bin two words", $"{job.Env["PATH"]} {job.Env["NAME"]}");
        });
        Assert.Equal(CronExpression.Parse("*/10 8-18 * * 1-5"), taken.List.Jobs[0].Cron);
        Assert.Equal(CronExpression.Daily, taken.List.Jobs[1].Cron);
        Assert.Equal("Copies the pictures to the other disk", taken.List.Jobs[0].Description);
        Assert.Equal(["/bin/sh", "-c", "cd; /usr/local/bin/backup.sh --all >> /tmp/log 2>&1"], taken.List.Jobs[0].Command.AsEnumerable());
        Assert.Null(taken.List.Jobs[1].Description);
        Assert.Empty(taken.Notes);
    }

    // What cron 3.0pl1 (Debian 12) did with these lines.
    [Theory]
    [InlineData(@"printf '%s.' 'a\%b' '[e\f]'", "printf '%s.' 'a%b' '[e\\f]'")]
    [InlineData(@"printf '[a\\b] [c\%d]'", @"printf '[a\b] [c%d]'")]
    public void A_percent_sign_is_escaped(string line, string script)
    {
        // An unescaped one ends the command, so it is written \% where it is one of printf's.
        var escaped = line.Replace("'%s", @"'\%s", StringComparison.Ordinal);
        Assert.Equal($"cd; {script}", Of($"* * * * * {escaped}").Good().List.Jobs[0].Command[2]);
    }

    [Fact]
    public void What_follows_a_percent_sign_is_its_input()
    {
        var job = Of("""0 9 * * * cat; cat /dev/null # why%one \% x%two\\y it's""").Good().List.Jobs[0];
        using var process = Process.Start(new ProcessStartInfo(job.Command[0], job.Command.Skip(1)) { RedirectStandardOutput = true })!;
        Assert.Equal("one % x\ntwo\\\\y it's\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal("true", Of("0 9 * * * true%").List.Jobs[0].Command[2]["cd; ".Length..]);
    }

    [Fact]
    public void What_cannot_be_carried_over_is_said_line_by_line()
    {
        var taken = Of(
            """
            MAILTO=ops@example.org
            @reboot /usr/local/bin/bot
            0 5 * * * first
            MAILTO=ada
            #0 5 * * * off
            this is nothing
            61 * * * * wrong
            MAILTO=""
            0 6 * * * last
            """);
        Assert.Contains("smtp", taken.Note("crontab:1"), StringComparison.Ordinal);
        Assert.Contains("@reboot", taken.Note("crontab:2"), StringComparison.Ordinal);
        Assert.Contains("not mailed to ada", taken.Note("crontab:4"), StringComparison.Ordinal);
        Assert.Contains("switched off there", taken.Note("crontab:5"), StringComparison.Ordinal);
        Assert.Contains("not understood", taken.Note("crontab:6"), StringComparison.Ordinal);
        Assert.Contains("no schedule", taken.Note("crontab:7"), StringComparison.Ordinal);
        Assert.Equal(6, taken.Notes.Count);
        Assert.All(taken.Notes, note => Assert.Contains(note, taken.Yaml, StringComparison.Ordinal));
        Assert.Equal("wrong", Assert.Single(taken.List.Errors).Job);
        Assert.Equal([1, 1, 0], taken.List.Jobs.Where(job => job.Name != "wrong").Select(job => job.Notify.Length));
        Assert.Equal(JobType.Trigger, taken.List.Jobs[0].Type);
    }

    [Fact]
    public void A_crontab_of_the_system_has_a_user_in_each_line()
    {
        var me = Platform.LocalUser.Name;
        var taken = Of(
            $"""
            SHELL=/bin/bash
            17 * * * * {me} cd / && run-parts --report /etc/cron.hourly
            5 0 * * * nobody /usr/bin/tidy-up
            """);
        Assert.Equal(["/bin/bash", "-c", "cd; cd / && run-parts --report /etc/cron.hourly"], taken.Good().List.Jobs[0].Command.AsEnumerable());
        Assert.Contains("as the user nobody", taken.Note("crontab:3"), StringComparison.Ordinal);
        var other = taken.List.Jobs[1];
        Assert.True(Platform.LocalUser.Number == 0 ? other.Command[0] == "runuser" : !other.Enabled);
        Assert.Equal(["run-parts", "tidy-up"], taken.List.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void A_folder_is_read_as_cron_reads_its_own()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("php"), $"09,39 * * * * {Platform.LocalUser.Name} /usr/lib/php/sessionclean\n");
        File.WriteAllText(folder.File("old.dpkg-dist"), "* * * * * root false\n");
        var taken = Taken.From(new CrontabSource(), Path.GetDirectoryName(folder.File("php"))!).Good();
        Assert.Equal(["sessionclean"], taken.List.Jobs.Select(job => job.Name));
        Assert.Contains("leaves a file of that name alone", taken.Note("old.dpkg-dist"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test -x /usr/sbin/anacron || run-parts /etc/cron.daily", "run-parts")]
    [InlineData("FOO=1 nice -n 10 /usr/bin/python3 -u /srv/my app/fetch.py", "my")]
    [InlineData("flock -n /tmp/lock /opt/sync.sh", "sync")]
    [InlineData("\"/opt/my tool/run me\"", "my")]
    [InlineData("[ -d /x ] && ./Übung.sh", "bung")]
    [InlineData("...", "job")]
    public void Each_job_gets_a_name(string command, string name) => Assert.Equal(name, Of($"0 1 * * * {command}").Good().List.Jobs[0].Name);

    private static Taken Of(string text) => Taken.From(new CrontabSource(), "crontab", text);
}
