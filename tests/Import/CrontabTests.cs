using System.Diagnostics;
using Aios.Import;
using Aios.Jobs;
using Aios.Platform;
using Aios.Scheduling;

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
                """
            )
            .Good();
        Assert.Equal(["backup", "report", "backup_2"], taken.List.Jobs.Select(job => job.Name));
        Assert.All(taken.List.Jobs, job =>
        {
            Assert.Equal(
                (JobType.Cron, "Europe/Berlin", CatchUp.None, Overlap.Parallel),
                (job.Type, job.As<Cron>().TimeZone.Id, job.Schedule.CatchUp, job.Overlap)
            );
            Assert.Equal("/opt/bin:/usr/bin two words", $"{job.Env["PATH"]} {job.Env["NAME"]}");
        });
        Assert.Equal(CronExpression.Parse("*/10 8-18 * * 1-5"), taken.List.Jobs[0].As<Cron>().Expression);
        Assert.Equal(CronExpression.Parse("@daily"), taken.List.Jobs[1].As<Cron>().Expression);
        Assert.Equal("Copies the pictures to the other disk", taken.List.Jobs[0].Description);
        Assert.Equal(["/bin/sh", "-c", "/usr/local/bin/backup.sh --all >> /tmp/log 2>&1"], taken.List.Jobs[0].Work.Argv.AsEnumerable());
        Assert.Null(taken.List.Jobs[1].Description);
        Assert.Equal(LocalUser.HomeOf(LocalUser.Name), taken.List.Jobs[0].Workdir);
        Assert.All(taken.Notes, note => Assert.Contains("CRON_TZ", note, StringComparison.Ordinal));
    }

    // What cron 3.0pl1 (Debian 12) did with these lines.
    [Theory]
    [InlineData(@"printf '%s.' 'a\%b' '[e\f]'", "printf '%s.' 'a%b' '[e\\f]'")]
    [InlineData(@"printf '[a\\b] [c\%d]'", @"printf '[a\b] [c%d]'")]
    public void A_percent_sign_is_escaped(string line, string script)
    {
        // An unescaped one ends the command, so it is written \% where it is one of printf's.
        var escaped = line.Replace("'%s", @"'\%s", StringComparison.Ordinal);
        Assert.Equal(script, Of($"* * * * * {escaped}").Good().List.Jobs[0].Work.Argv[2]);
    }

    [Fact]
    public void What_follows_a_percent_sign_is_its_input()
    {
        var job = Of("""0 9 * * * cat; cat /dev/null # why%one \% x%two\\y it's""").Good().List.Jobs[0];
        using var process = Process.Start(new ProcessStartInfo(job.Work.Argv[0], job.Work.Argv.Skip(1)) { RedirectStandardOutput = true })!;
        Assert.Equal("one % x\ntwo\\\\y it's\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal("true", Of("0 9 * * * true%").List.Jobs[0].Work.Argv[2]);
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
            """
        );
        Assert.Contains("smtp", taken.Note("crontab:1"), StringComparison.Ordinal);
        Assert.Contains("@reboot", taken.Note("crontab:2"), StringComparison.Ordinal);
        Assert.Contains("not mailed to ada", taken.Note("crontab:4"), StringComparison.Ordinal);
        Assert.Contains("switched off there", taken.Note("crontab:5"), StringComparison.Ordinal);
        Assert.Contains("not understood", taken.Note("crontab:6"), StringComparison.Ordinal);
        Assert.Contains("refuses its minute 61", taken.Note("crontab:7"), StringComparison.Ordinal);
        Assert.Equal(6, taken.Notes.Count);
        Assert.All(taken.Notes, note => Assert.Contains(note, taken.Yaml, StringComparison.Ordinal));
        Assert.Equal([1, 1, 0], taken.Good().List.Jobs.Select(job => job.Notify.Length));
        Assert.Equal((JobType.Always, RestartPolicy.Never), (taken.List.Jobs[0].Type, Always.Of(taken.List.Jobs[0]).Restart));
    }

    [Fact]
    public void A_crontab_of_the_system_has_a_user_in_each_line()
    {
        var me = LocalUser.Name;
        var taken = Of(
            $"""
            SHELL=/bin/bash
            17 * * * * {me} cd / && run-parts --report /etc/cron.hourly
            5 0 * * * nobody /usr/bin/tidy-up
            """
        );
        Assert.Equal(
            ["/bin/bash", "-c", "cd / && run-parts --report /etc/cron.hourly"],
            taken.Good().List.Jobs[0].Work.Argv.AsEnumerable()
        );
        Assert.Contains("as the user nobody", taken.Note("crontab:3"), StringComparison.Ordinal);
        var other = taken.List.Jobs[1];
        Assert.True(LocalUser.Number == 0 ? other.Work.Argv[0] == "setpriv" : !other.Enabled);
        Assert.Equal(["run-parts", "tidy-up"], taken.List.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void A_folder_is_read_as_cron_reads_its_own()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("php"), $"09,39 * * * * {LocalUser.Name} /usr/lib/php/sessionclean\n");
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
    public void Each_job_gets_a_name(string command, string name) =>
        Assert.Equal(name, Of($"0 1 * * * {command}").Good().List.Jobs[0].Name);

    // What crontab -n of Debian's cron 3.0pl1 accepts and its source makes of it.
    [Theory]
    [InlineData("*/90 * * * *", "0 * * * *")]
    [InlineData("*/60 * * * *", "0 * * * *")]
    [InlineData("0 */48 * * *", "0 0 * * *")]
    [InlineData("0 */24 * * *", "0 0 * * *")]
    [InlineData("0 0 */40 * *", "0 0 1 * *")]
    [InlineData("0 0 1 */13 *", "0 0 1 1 *")]
    [InlineData("0 0 * * */8", "0 0 * * 0")]
    [InlineData("1-50/90 * * * *", "1 * * * *")]
    [InlineData("10-20/11,40 3 * * *", "10,40 3 * * *")]
    [InlineData("*/2-4 * * * *", "*/2 * * * *")]
    [InlineData("*x * * * *", "* * * * *")]
    [InlineData("1-2-3 5 * * *", "1,2 5 * * *")]
    [InlineData("*,5 * * * *", "* * * * *")]
    [InlineData("0 0 */40 * mon", "0 0 */31 * mon")]
    [InlineData("* * * * 5#2", "* * * * 5")]
    [InlineData("00-059/07 * * * *", "*/7 * * * *")]
    [InlineData("0 5 * jan-mar mon,wed", "0 5 * jan-mar mon,wed")]
    [InlineData("0 5 * * 5-7", "0 5 * * 5-7")]
    [InlineData("0 5 * * 0-7", "0 5 * * 0-7")]
    [InlineData("0 5 */2 * */2", "0 5 */2 * */2")]
    [InlineData("@midnight", "0 0 * * *")]
    [InlineData("@annually", "0 0 1 1 *")]
    public void A_schedule_runs_when_cron_ran_it(string there, string here)
    {
        var job = Assert.Single(Of($"{there} true\n").Good().List.Jobs);
        var from = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(
            CronExpression.Parse(here).GetOccurrences(from, from.AddDays(800)).Take(500),
            job.As<Cron>().Expression!.GetOccurrences(from, from.AddDays(800)).Take(500)
        );
        Assert.True(job.Enabled);
    }

    [Theory]
    [InlineData("5/15 * * * *", true)]
    [InlineData("? * * * *", true)]
    [InlineData("* * L * *", true)]
    [InlineData("22-2 * * * *", true)]
    [InlineData("* 22-2 * * *", true)]
    [InlineData("* * * * fri-mon", true)]
    [InlineData("@every_minute", true)]
    [InlineData("61 * * * *", false)]
    [InlineData("*/0 * * * *", false)]
    [InlineData("1,,2 * * * *", false)]
    [InlineData("0-60/20 * * * *", false)]
    [InlineData("* * * * MONDAY", false)]
    [InlineData("* * * * 8", false)]
    [InlineData("* * 0 * *", false)]
    [InlineData("@fortnightly", false)]
    public void A_line_that_cron_never_ran_does_not_run_here(string there, bool isKept)
    {
        var taken = Of($"{there} true\n0 1 * * * good\n").Good();
        Assert.Contains("never ran", taken.Note("crontab:1"), StringComparison.Ordinal);
        Assert.Equal(isKept ? 2 : 1, taken.List.Jobs.Length);
        if (isKept)
            Assert.False(taken.List.Jobs[0].Enabled);
    }

    [Theory]
    [InlineData("~ 3 * * *", 0, 59)]
    [InlineData("10~20 3 * * *", 10, 20)]
    [InlineData("50~ 3 * * *", 50, 59)]
    [InlineData("~5 3 * * *", 0, 5)]
    public void What_cronie_draws_is_drawn_once_and_said(string there, int least, int most)
    {
        var taken = Of($"{there} true\n").Good();
        Assert.InRange(int.Parse(Assert.Single(taken.List.Jobs).As<Cron>().Expression!.ToString().Split(' ')[0]), least, most);
        Assert.Contains("drawn", taken.Note("crontab:1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 5 * * * root /usr/bin/true\n")]
    [InlineData("0 5 * * * root do-it\n0 6 * * * noone-here-has do-more\n")]
    [InlineData("0 5 * * * www-data php /srv/cron.php\n")]
    [InlineData("0 5 * * * noone-here-has /bin/true\n")]
    [InlineData("0 5 * * * noone-here-has cd /srv && ./run\n")]
    [InlineData("# m h dom mon dow user\tcommand\n0 5 * * * noone-here-has unknown-thing\n")]
    [InlineData("@daily root unknown-thing --all\n")]
    [InlineData("@reboot\troot\tunknown-thing\n")]
    [InlineData(
        "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron || true\n"
    )]
    [InlineData("0 5 * * * postgres vacuumdb --all\n0 6 * * * mysql dump\n")]
    [InlineData("0 5 * * * root do-it\n* * * * * root\n")]
    [InlineData("0 5 * * * root do-it\n0 6 * * * root do-more\n0 7 * * * /bin/true\n")]
    [InlineData("0 5 * * * root do-it\n0 6 * * * nobody:nogroup do-more\n")]
    [InlineData("0 5 * * * root do-it\n0 6 * * * Someone do-more\n0 7 * * * www-data do-it\n")]
    public void A_crontab_of_a_system_whose_users_are_not_here_is_one_of_a_system(string text)
    {
        var taken = Of(text).Good();
        Assert.All(taken.List.Jobs, job => Assert.DoesNotContain("root ", job.Work.Argv[^1], StringComparison.Ordinal));
        Assert.All(taken.List.Jobs, job => Assert.DoesNotContain("noone-here-has", job.Work.Argv[^1], StringComparison.Ordinal));
        foreach (var job in taken.List.Jobs.Where(job => job.Env["LOGNAME"] == "noone-here-has"))
        {
            Assert.False(job.Enabled);
            Assert.Contains(taken.Notes, note => note.Contains("whom this machine does not have", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("0 5 * * * backup.sh --all\n")]
    [InlineData("0 5 * * * /usr/bin/true root\n")]
    [InlineData("0 5 * * * python3 /srv/x.py\n")]
    [InlineData("0 5 * * * cd /srv && ./run\n")]
    [InlineData("0 5 * * * unknown-thing --all\n")]
    [InlineData("# m h  dom mon dow   command\n0 5 * * * root-tool /srv\n")]
    [InlineData("0 5 * * * root\n")]
    [InlineData("0 5 * * * root one\n0 5 * * * true /srv\n")]
    [InlineData("0 5 * * * /bin/true\n0 6 * * * ./do-it\n0 7 * * * root do-it\n")]
    [InlineData("0 5 * * * FOO=1 true\n")]
    [InlineData("@daily test -x /bin/true && true\n")]
    public void A_crontab_of_a_user_stays_one(string text)
    {
        var command = text.Split('\n').First(line => !line.StartsWith('#'));
        Assert.EndsWith(Of(text).Good().List.Jobs[0].Work.Argv[^1], command, StringComparison.Ordinal);
        Assert.DoesNotContain("LOGNAME: root-tool", Of(text).Yaml, StringComparison.Ordinal);
        Assert.All(Of(text).List.Jobs, job => Assert.Equal(LocalUser.Name, job.Env["LOGNAME"]));
    }

    [Fact]
    public void Programs_get_the_variables_that_cron_sets_and_those_of_the_lines_above()
    {
        var list = Of("0 1 * * * one\nPATH=/opt:$PATH\nHOME=/srv/shop\nSHELL=/bin/bash\nA = \"x y\"\n0 2 * * * two\n").Good().List;
        Assert.Equal(
            ("/usr/bin:/bin", "/bin/sh", LocalUser.HomeOf(LocalUser.Name)),
            (list.Jobs[0].Env["PATH"], list.Jobs[0].Env["SHELL"], list.Jobs[0].Env["HOME"])
        );
        // cron puts nothing in for $PATH.
        Assert.Equal(
            ("/opt:$PATH", "/bin/bash", "/srv/shop", "x y"),
            (list.Jobs[1].Env["PATH"], list.Jobs[1].Env["SHELL"], list.Jobs[1].Env["HOME"], list.Jobs[1].Env["A"])
        );
        Assert.Equal("/srv/shop", list.Jobs[1].Workdir);
    }

    [Fact]
    public void A_file_without_its_last_line_break_is_said_to_have_been_left_alone() =>
        Assert.Contains(
            "leaves such a file alone",
            Taken.From(new CrontabSource(), "crontab", "0 1 * * * one").Good().Note("crontab:1"),
            StringComparison.Ordinal
        );

    private static Taken Of(string text) => Taken.From(new CrontabSource(), "crontab", text.EndsWith('\n') ? text : text + "\n");
}
