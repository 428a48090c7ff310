using Aios.Import;
using Aios.Jobs;
using Aios.Tests.Support;

namespace Aios.Tests.Import;

/// <summary>Supervisord's configuration.</summary>
public sealed class SupervisordTests
{
    [Fact]
    public void A_program_is_kept_running_as_it_was()
    {
        var job = Assert.Single(Of(
            """
            [program:web]
            command = /usr/bin/gunicorn -w 4 "my app:main" ; the server
            directory=/srv/web site
            umask=022
            environment=PORT="8000",NAME='a, b',
                PLAIN=x y
            autorestart=true
            startsecs=5
            stopwaitsecs=30
            redirect_stderr=true
            stopasgroup=true
            """).Good().List.Jobs);
        Assert.Equal(("web", JobType.Always, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)), (job.Name, job.Type, job.MinUptime, job.Grace));
        Assert.Equal(["sh", "-c", "umask 022 && cd '/srv/web site' && exec /usr/bin/gunicorn -w 4 'my app:main'"], job.Command.AsEnumerable());
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
            """).Good();
        Assert.Equal(["worker-01", "worker-02", "worker-03"], taken.List.Jobs.Select(job => job.Name));
        Assert.EndsWith("/worker", taken.List.Jobs[1].Command[0], StringComparison.Ordinal);
        Assert.Equal(["--port", "8002", "--of", "worker"], taken.List.Jobs[1].Command.Skip(1));
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
            """).Good();
        foreach (var line in (int[])[1, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21]) taken.Note($"supervisord.conf:{line}");
        Assert.Equal(16, taken.Notes.Count);
        var job = taken.List.Jobs[0];
        Assert.Equal("exec run \"${DATA}\" --x", job.Command[^1]);
        Assert.Equal((JobType.Always, false, "1"), (job.Type, job.Enabled, job.Env["ALL"]));
        Assert.DoesNotContain("KEY", job.Env.Keys);
        Assert.Equal(JobType.Trigger, taken.List.Jobs[1].Type);
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

    private static Taken Of(string text) => Taken.From(new SupervisordSource(), "supervisord.conf", text);
}
