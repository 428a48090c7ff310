using Aios.Import;
using Aios.Platform;

namespace Aios.Tests.Import;

/// <summary>Supervisord's configuration.</summary>
public sealed class SupervisordTests
{
    [Fact]
    public void A_program_is_kept_running_as_it_was()
    {
        var job = Assert.Single(
            Of(
                    """
                    [program:web]
                    command = /usr/bin/gunicorn -w 4 "my app:main" ; the server
                    directory=/srv/web site
                    umask=022
                    environment=PORT="8000",NAME='a, b',
                        PLAIN="x y"
                    autorestart=true
                    startsecs=5
                    stopwaitsecs=30
                    redirect_stderr=true
                    stopasgroup=true
                    """
                )
                .Good()
                .List.Jobs
        );
        Assert.Equal(
            ("web", JobType.Always, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)),
            (job.Name, job.Type, Always.Of(job).MinUptime, job.Grace)
        );
        Assert.Equal(["sh", "-c", "umask 022 && exec /usr/bin/gunicorn -w 4 'my app:main'"], job.Work.Argv.AsEnumerable());
        Assert.Equal("/srv/web site", job.Workdir);
        Assert.Equal(["NAME=a, b", "PLAIN=x y", "PORT=8000"], job.Env.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void Each_of_several_processes_is_a_job()
    {
        var taken = Of(
                """
                [program:worker]
                command=%(here)s/worker --port 80%(process_num)02d --of %(program_name)s
                process_name=%(program_name)s-%(process_num)02d
                numprocs=3
                numprocs_start=1
                [group:back]
                programs=worker,other
                """
            )
            .Good();
        Assert.Equal(["worker-01", "worker-02", "worker-03"], taken.List.Jobs.Select(job => job.Name));
        Assert.EndsWith("/worker", taken.List.Jobs[1].Work.Argv[0], StringComparison.Ordinal);
        Assert.Equal(["--port", "8002", "--of", "worker"], taken.List.Jobs[1].Work.Argv.Skip(1));
        Assert.Equal("Of the group back", taken.List.Jobs[0].Description);
        Assert.Contains("there are no groups", taken.Note("supervisord.conf:6"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_carried_over_is_said_line_by_line()
    {
        var taken = Of(
                """
                [supervisord]
                environment=ALL=1
                [unix_http_server]
                [program:a]
                command=run "%(ENV_DATA)s" --x
                environment=KEY=%(ENV_SECRET)s
                stopsignal=INT
                stdout_logfile=/var/log/a.log
                stdout_logfile_maxbytes=1MB
                autostart=false
                priority=5
                startretries=9
                exitcodes=0,2
                colour=blue
                user=nobody
                [program:b]
                command=once
                autorestart=no
                nonsense
                [eventlistener:c]
                [made_up]
                """
            )
            .Good();
        foreach (var line in (int[])[1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 19, 20, 21])
            taken.Note($"supervisord.conf:{line}");
        Assert.Equal(15, taken.Notes.Count);
        var job = taken.List.Jobs[0];
        Assert.Equal("export KEY=\"${SECRET?}\" && exec run \"${DATA?}\" --x", job.Work.Argv[^1]);
        Assert.Equal([0, 2], job.SuccessCodes);
        Assert.Equal((JobType.Always, false, "1"), (job.Type, job.Enabled, job.Env["ALL"]));
        Assert.DoesNotContain("KEY", job.Env.Keys);
        Assert.Equal((JobType.Always, RestartPolicy.Never), (taken.List.Jobs[1].Type, Always.Of(taken.List.Jobs[1]).Restart));
    }

    [Fact]
    public void What_is_included_is_read_too()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("conf.d"));
        File.WriteAllText(folder.File("supervisord.conf"), "[include]\nfiles = conf.d/*.conf %(here)s/none/*.ini\n");
        File.WriteAllText(folder.File("conf.d/b.conf"), "[program:b]\ncommand=b\n");
        File.WriteAllText(folder.File("conf.d/a.conf"), "[program:a]\ncommand=a\n");
        File.WriteAllText(folder.File("conf.d/a.conf.bak"), "[program:c]\ncommand=c\n");
        var taken = Taken.From(new SupervisordSource(), folder.File("supervisord.conf")).Good();
        Assert.Equal(["a", "b"], taken.List.Jobs.Select(job => job.Name));
        Assert.Contains("no file is like", taken.Note("supervisord.conf:2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", JobType.Always, RestartPolicy.OnFailure, "0")]
    [InlineData("autorestart=true", JobType.Always, RestartPolicy.Always, "0")]
    [InlineData("autorestart=1\nexitcodes=0,7", JobType.Always, RestartPolicy.Always, "0 7")]
    [InlineData("autorestart=Unexpected", JobType.Always, RestartPolicy.OnFailure, "0")]
    [InlineData("autorestart=unexpected\nexitcodes=0,2", JobType.Always, RestartPolicy.OnFailure, "0 2")]
    [InlineData("exitcodes=3", JobType.Always, RestartPolicy.OnFailure, "3")]
    [InlineData("exitcodes=", JobType.Always, RestartPolicy.Always, "0")]
    [InlineData("autorestart=false\nstartsecs=0", JobType.Always, RestartPolicy.Never, "0")]
    [InlineData("autorestart=off\nautostart=off", JobType.Trigger, RestartPolicy.Always, "0")]
    [InlineData("autorestart=%(ENV_AIOS_TEST_RESTART)s", JobType.Always, RestartPolicy.Never, "0")]
    [InlineData("exitcodes=%(ENV_AIOS_TEST_NUMBER)s,9", JobType.Always, RestartPolicy.OnFailure, "3 9")]
    internal void A_program_comes_back_when_supervisord_would_bring_it_back(
        string settings,
        JobType type,
        RestartPolicy restart,
        string codes
    )
    {
        var job = Assert.Single(Of($"[program:a]\ncommand=a\n{settings}\n").Good().List.Jobs);
        Assert.Equal((type, restart, codes), (job.Type, Always.Of(job).Restart, string.Join(' ', job.SuccessCodes)));
    }

    // Each command as supervisord 4.2.5 started it.
    [Theory]
    [InlineData("run --of %(numprocs)d --me %(process_num)02d", "run|--of|2|--me|05")]
    [InlineData("run %(program_name)s %(group_name)s %%", "run|a|a|%")]
    [InlineData("run [%(program_name)5s] [%(program_name)-3s]", "run|[|a]|[a|]")]
    [InlineData("run '%(process_num)4d' %(process_num)x %(process_num)+d", "run|   5|5|+5")]
    [InlineData("run %(ENV_PORT)s \"%(ENV_TWO)s\" %(ENV_TWO)s", "run|8005|x y|x|y")]
    [InlineData("run %(ENV_ALL)s-%(ENV_PORT)s", "run|all-8005")]
    [InlineData("run a ; a comment", "run|a")]
    [InlineData("run a # a comment", "run|a")]
    [InlineData("run a;b c#d", "run|a;b|c#d")]
    [InlineData("run \"a;b\" 'c ' \\ d", "run|a;b|c | d")]
    [InlineData("run \"it's\" 'a \"b\"' \\\"c", "run|it's|a \"b\"|\"c")]
    [InlineData("run\n  one\n  # none\n  two", "run|one|two")]
    public void A_command_is_expanded_and_split_as_supervisord_does_it(string command, string argv)
    {
        var taken = Of(
                $"[supervisord]\nenvironment=ALL=all\n[program:a]\nprocess_name=%(program_name)s_%(process_num)d\n"
                    + $"numprocs=2\nnumprocs_start=5\nenvironment=PORT=\"80%(process_num)02d\",TWO=\"x y\"\ncommand={command}\n"
            )
            .Good();
        Assert.Equal(argv, string.Join('|', taken.List.Jobs[0].Work.Argv));
        Assert.Equal(["a_5", "a_6"], taken.List.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void What_must_be_known_at_once_is_taken_from_the_environment_and_that_is_said()
    {
        var taken = Of(
                """
                [program:many]
                command=many
                process_name=%(program_name)s_%(process_num)d
                numprocs=%(ENV_AIOS_TEST_NUMBER)s
                autostart=%(ENV_AIOS_TEST_OFF)s
                user=%(ENV_AIOS_TEST_USER)s
                stopwaitsecs=%(ENV_AIOS_TEST_NUMBER)s
                umask=0%(ENV_AIOS_TEST_NUMBER)s
                [program:none]
                command=none
                numprocs=%(ENV_AIOS_TEST_NOWHERE)s
                autostart=%(ENV_AIOS_TEST_NOWHERE)s
                """
            )
            .Good();
        Assert.Equal(["many_0", "many_1", "many_2", "none"], taken.List.Jobs.Select(job => job.Name));
        Assert.All(taken.List.Jobs.Take(3), job =>
            Assert.Equal((false, TimeSpan.FromSeconds(3), "umask 03 && exec many"), (job.Enabled, job.Grace, job.Work.Argv[^1]))
        );
        Assert.True(taken.List.Jobs[3].Enabled);
        foreach (var line in (int[])[4, 6, 7, 8])
            Assert.Contains("AIOS_TEST_", taken.Note($"supervisord.conf:{line}"), StringComparison.Ordinal);
        Assert.Equal(2, taken.Notes.Count(note => note.StartsWith("supervisord.conf:5:", StringComparison.Ordinal)));
        foreach (var line in (int[])[11, 12])
            Assert.Contains(
                "AIOS_TEST_NOWHERE of supervisord's environment is not set here",
                taken.Note($"supervisord.conf:{line}"),
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("A=1", "A=1")]
    [InlineData("A=\"x,y\",B='it is \"so\"'", "A=x,y B=it is \"so")]
    [InlineData("A=/a/b.c+d-e:f(g),B=2", "A=/a/b.c+d-e:f(g) B=2")]
    [InlineData("A=\"\" , B = ''", "A= B=")]
    [InlineData("A=\"1\",\n  B=\"2\"", "A=1 B=2")]
    [InlineData("A=\"x=%(program_name)s\"", "A=x=a")]
    [InlineData("A=\"%%d\"", "A=%d")]
    [InlineData("A=\"1\",A=\"2\"", "A=2")]
    [InlineData("A=\"#1\"", "A=#1")]
    [InlineData("A=\"a\";B=\"b\"", "A=a B=b")]
    public void An_environment_is_read_as_supervisord_reads_it(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                Of($"[program:a]\ncommand=a\nenvironment={text}\n").Good().List.Jobs[0].Env.Select(pair => $"{pair.Key}={pair.Value}")
            )
        );

    [Theory]
    [InlineData("environment=A=a@b")]
    [InlineData("environment=A")]
    [InlineData("environment=A=\"open")]
    [InlineData("command=date +%Y")]
    [InlineData("command=run %(nothing)s")]
    [InlineData("priority=%(numprocs)d")]
    [InlineData("autostart=perhaps")]
    [InlineData("startsecs=soon")]
    [InlineData("exitcodes=0,big")]
    [InlineData("numprocs=some")]
    public void What_supervisord_refuses_is_said(string setting)
    {
        var taken = Of($"[program:a]\ncommand=a\n{setting}\n").Good();
        Assert.NotEmpty(taken.Notes.Where(note => note.StartsWith("supervisord.conf:3:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Here_is_the_folder_of_each_file_and_a_section_may_go_on_in_another()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("sub"));
        File.WriteAllText(
            folder.File("supervisord.conf"),
            "[DEFAULT]\nstopwaitsecs=7\n[program:a]\ncommand=%(here)s/a\n[include]\nfiles=%(here)s/sub/*.conf\n"
        );
        File.WriteAllText(folder.File("sub/x.conf"), "[program:b]\ncommand=%(here)s/b\ndirectory=%(here)s/in\n[program:a]\nstartsecs=9\n");
        var list = Taken.From(new SupervisordSource(), folder.File("supervisord.conf")).Good().List;
        Assert.Equal([$"{folder.Path}/a", $"{folder.Path}/sub/b"], list.Jobs.Select(job => job.Work.Argv[0]));
        Assert.Equal([folder.Path, $"{folder.Path}/sub/in"], list.Jobs.Select(job => job.Workdir));
        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(7)), (Always.Of(list.Jobs[0]).MinUptime, list.Jobs[1].Grace));
    }

    [Fact]
    public void A_program_of_two_groups_runs_in_each_and_one_of_no_process_in_none()
    {
        var taken = Of(
                "[program:a]\ncommand=a "
                    + "%(group_name)s\n[program:z]\ncommand=z\nnumprocs=0\n[group:x]\nprograms=a\n[group:y]\nprograms=b, a\n"
            )
            .Good();
        Assert.Equal(["x", "y"], taken.List.Jobs.Select(job => job.Work.Argv[1]));
        Assert.Contains("nothing of it ran", taken.Note("supervisord.conf:5"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_supervisord_is_told_of_itself_holds_for_its_programs()
    {
        var list = Of(
                "[supervisord]\ndirectory=/srv\numask=077\nuser=nobody\nenvironment=A=1\n"
                    + "[program:a]\ncommand=a\ndirectory=in\n[program:b]\ncommand=b\numask=022\n"
            )
            .Good()
            .List;
        Assert.Equal(["/srv/in", "/srv"], list.Jobs.Select(job => job.Workdir));
        Assert.Equal(["umask 077 && exec a", "umask 022 && exec b"], list.Jobs.Select(job => job.Work.Argv[^1]));
        Assert.All(list.Jobs, job => Assert.True(LocalUser.Number != 0 || job.Work.Argv[1] == "--reuid=nobody"));
    }

    static SupervisordTests()
    {
        foreach (
            var (name, value) in ((string, string)[])
                [("AIOS_TEST_NUMBER", "3"), ("AIOS_TEST_OFF", "false"), ("AIOS_TEST_RESTART", "no"), ("AIOS_TEST_USER", LocalUser.Name)]
        )
            Environment.SetEnvironmentVariable(name, value);
    }

    private static Taken Of(string text) => Taken.From(new SupervisordSource(), "supervisord.conf", text);
}
