using Aios.Import;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Import.SideBySide;

/// <summary>
/// The real supervisord, cron and PM2 on ten set-ups each, and AIOS on what it made of them, at the same time: both run the same.
/// </summary>
public sealed class SideBySideTests
{
    private static readonly (string Name, string Value)[] Environment = [("SIDE_WORDS", "x  y*"), ("SIDE_OFF", "false"), ("SIDE_TWO", "2")];

    [RequiresFact(Need.Python | Need.Supervisord | Need.Root)]
    public void Supervisord()
    {
        using var both = new Recorder("A", "B", "ALL", "PORT", "SECRET");
        foreach (var (name, value) in Environment)
            System.Environment.SetEnvironmentVariable(name, value);
        Directory.CreateDirectory(both.In("sub"));
        both.Write(
            "sub/more.conf",
            "[program:included]\ncommand={R} included 0 1000 %(here)s ; a comment\n[program:other]\ncommand={R} other 0 1000 a;b c#d "
                + "# a comment\n"
        );
        string[] setUps =
        [
            "[program:plain]\ncommand={R} plain 0 1000 \"two words\" 'it is \"so\"' a\\ b \"\"",
            "[program:well_once]\ncommand={R} well_once 0 0\nstartsecs=0\nautorestart=unexpected",
            "[program:bad_again]\ncommand={R} bad_again 3 0.2\nstartsecs=0\nautorestart=unexpected",
            "[program:code_once]\ncommand={R} code_once 3 0\nstartsecs=0\nexitcodes=0,3\n[program:code_again]\ncommand={R} code_again 0 "
                + "0.2\nstartsecs=0\nexitcodes=3",
            "[program:many]\nnumprocs=%(ENV_SIDE_TWO)s\nnumprocs_start=7\nprocess_name=%(program_name)s_%(process_num)02d\ncommand={R} "
                + "many_%(process_num)02d 0 1000 %(numprocs)d %(group_name)s %(host_node_name)s 100%%\n[group:of]\nprograms=many",
            "[program:env]\nenvironment=A=\"x,y\",B='q \"z\"',PORT=\"80%(process_num)02d\",SECRET=\"%(ENV_SIDE_WORDS)s\"\ncommand={R} env "
                + "0 1000 %(ENV_PORT)s %(ENV_ALL)s %(ENV_SIDE_WORDS)s \"%(ENV_SIDE_WORDS)s\"",
            "[program:folder]\ndirectory=%(here)s/sub\ncommand={R} folder 0 1000",
            "[program:nobody_umask]\nuser=nobody\numask=027\ncommand={R} nobody_umask 0 1000",
            "[include]\nfiles=sub/*.conf",
            "[program:never_once]\ncommand={R} never_once 1 0\nautorestart=false\nstartsecs=0\n[program:off]\ncommand={R} off 0 "
                + "0\nautostart=%(ENV_SIDE_OFF)s\n[program:always_again]\ncommand={R} always_again 0 0.3\nautorestart=true\nstartsecs=0",
        ];
        for (var i = 0; i < setUps.Length; i++)
        {
            var path = both.Write(
                $"{i}.conf",
                $"[supervisord]\nlogfile=%(here)s/{i}.log\npidfile=%(here)s/{i}.pid\nenvironment=ALL=\"all\"\n{setUps[i]}\n"
            );
            both.TakeOver(new SupervisordSource(), path, $"s{i}");
            both.Start("supervisord", ["-n", "-c", path], both.Folder, Environment);
        }

        both.Home.Start(Environment);
        both.Compare(
            "plain",
            "well_once",
            "bad_again",
            "code_once",
            "code_again",
            "many_07",
            "many_08",
            "env",
            "folder",
            "nobody_umask",
            "included",
            "other",
            "never_once",
            "always_again"
        );
    }

    [RequiresFact(Need.Python | Need.Pm2)]
    public void Pm2()
    {
        using var both = new Recorder("A", "B", "PORT", "NODE_APP_INSTANCE");
        (string File, string Text)[] setUps =
        [
            (
                "ecosystem.config.json",
                """{ /* the shop */ "apps": [{"name": "plain", "script": "{R}", "args": "plain 0 1000 'two words' --n=3", "instances": 1}] } // end"""
                    + "\n"
            ),
            (
                "ecosystem.config.js",
                "console.log('{\"apps\": []}'); module.exports = {apps: [{name: 'here', script: './run.py', args: ['here', 0, "
                    + "1000, 'a b']}]};"
            ),
            ("ecosystem.config.json", """{"apps": [{"name": "shell", "script": "python3 {R} shell 0 1000 'a b' $((1+1))"}]}"""),
            ("ecosystem.config.js", "module.exports = {apps: [{name: 'sub', cwd: './sub', script: '../run.py', args: 'sub 0 1000'}]};"),
            ("ecosystem.config.json", """{"apps": [{"script": "./run.py", "args": "never_once 1 0", "autorestart": false}]}"""),
            (
                "ecosystem.config.json",
                """{"apps": [{"name": "code_once", "script": "{R}", "args": "code_once 3 0", "stop_exit_codes": [3]}]}"""
            ),
            (
                "ecosystem.config.json",
                """{"apps": [{"name": "bad_again", "script": "{R}", "args": "bad_again 1 0.3", "restart_delay": 500}, {"name": "good_again", "script": "{R}", "args": "good_again 0 0.3", "stop_exit_codes": [7], "restart_delay": 500}]}"""
            ),
            (
                "ecosystem.config.js",
                "module.exports = {apps: [{name: 'two', script: '{R}', args: 'two 0 1000', instances: 2, exec_mode: 'fork'}]};"
            ),
            (
                "ecosystem.config.json",
                """{"apps": [{"name": "env", "script": "{R}", "args": "env 0 1000", "port": 8080, "env": {"A": 1, "B": "x y"}, "env_production": {"A": 2}}]}"""
            ),
            (
                "ecosystem.config.yaml",
                "apps:\n  - name: yaml\n    script: '{R}'\n    interpreter: python3\n    interpreter_args: -B\n    args: [yaml, 0, 1000]\n"
            ),
        ];
        (string, string)[] environment = [("PM2_HOME", both.In("pm2")), ("PM2_DISCRETE_MODE", "true")];
        try
        {
            for (var i = 0; i < setUps.Length; i++)
            {
                var path = both.Write($"{i}/{setUps[i].File}", setUps[i].Text);
                Directory.CreateDirectory(both.In($"{i}", "sub"));
                File.CreateSymbolicLink(both.In($"{i}", "run.py"), both.Program);
                both.TakeOver(new Pm2Source(), path, $"p{i}");
                var start = both.Start(Needs.Pm2, ["start", path], both.In($"{i}"), environment);
                // The first one starts PM2's daemon, which the others find.
                if (i == 0)
                    start.WaitForExit();
            }

            both.Home.Start();
            both.Compare("plain", "here", "shell", "sub", "never_once", "code_once", "bad_again", "good_again", "two", "env", "yaml");
        }
        finally
        {
            both.Start(Needs.Pm2, ["kill"], both.Folder, environment).WaitForExit(30_000);
        }
    }

    [RequiresFact(Need.Python | Need.Cron | Need.Root | Need.Mount | Need.Faketime)]
    public void Cron()
    {
        using var both = new Recorder("A", "PATH", "HOME", "LOGNAME", "SHELL");
        string[] setUps =
        [
            "* * * * * root {R} plain 0 0 a \"b c\" # a comment",
            "*/90 * * * * root {R} beyond 0 0\n0 */48 * * * root {R} midnight 0 0",
            "5/15 * * * * root {R} refused 0 0",
            "HOME=/\n* * * * * nobody {R} nobody 0 0",
            "PATH=/bin:$PATH\nA = \"x y\"\nHOME=/usr\n* * * * * root {R} env 0 0",
            "* * * * * root {R} percent 0 0 \"$(cat)\" '100\\%'%line one%line two",
            "SHELL=/bin/bash\n* * * * * root {R} bash 0 0 $((1+1)) {a,b}",
            "* 12-11 * * * root {R} wraps 0 0\n*/2-4 * * jan-dec sun-sat root {R} names 0 0",
            "@hourly root {R} hourly 0 0\n@daily root {R} daily 0 0",
        ];
        Directory.CreateDirectory(both.In("crontabs"));
        for (var i = 0; i < setUps.Length; i++)
        {
            both.TakeOver(new CrontabSource(), both.Write($"cron.d/c{i}", setUps[i] + "\n"), $"c{i}");
            both.Permit(0b110_100_100, "cron.d", $"c{i}");
        }

        both.TakeOver(new CrontabSource(), both.Write("crontabs/root", "* * * * * {R} user 0 0\n59 * * * * {R} late 0 0\n"), "user");
        both.Permit(0b110_000_000, "crontabs", "root");
        both.Write("crontab", "\n");
        // Both see the same noon come soon, wherever the machine's clock is.
        var clock = new ShiftedClock(both.Folder, TimeSpan.Zero);
        var noon = new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Local);
        clock.Set(new DateTimeOffset(noon.AddSeconds(-30)));
        const string Script =
            "mount --bind \"$1/cron.d\" /etc/cron.d && mount --bind \"$1/crontabs\" /var/spool/cron/crontabs && mount --bind "
            + "\"$1/crontab\" /etc/crontab && mount -t tmpfs none /run && exec cron -f";
        both.Start("unshare", ["--mount", "sh", "-c", Script, "sh", both.Folder], "/", clock.Environment);
        both.Home.Start(clock.Environment);
        both.Compare("plain", "beyond", "nobody", "env", "percent", "bash", "names", "hourly", "user");
    }
}
