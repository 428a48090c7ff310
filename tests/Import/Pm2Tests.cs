using Aios.Import;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Import;

/// <summary>PM2's ecosystem file, and what it saves.</summary>
public sealed class Pm2Tests
{
    private const string Ecosystem = """
        {
          "apps": [
            {
              "name": "api",
              "script": "./server.js",
              "args": "--port 3000 'two words'",
              "node_args": ["--max-old-space-size=200"],
              "cwd": "/srv/api",
              "env": { "NODE_ENV": "production", "PORT": 3000 },
              "max_memory_restart": "300M",
              "kill_timeout": 5000,
              "min_uptime": "10s",
              "restart_delay": 3000,
              "cron_restart": "0 4 * * *",
              "watch": true,
              "env_staging": { "NODE_ENV": "staging" },
              "out_file": "/var/log/api.log",
              "max_restarts": 10,
              "colour": "blue"
            },
            { "name": "nightly", "script": "/srv/nightly.py", "autorestart": false, "cron_restart": "30 2 * * *" },
            { "name": "pool", "script": "worker.sh", "instances": 3, "exec_mode": "fork" },
            { "name": "once", "script": "/opt/tool", "autorestart": false }
          ],
          "deploy": {}
        }
        """;

    [Fact]
    public void An_app_is_kept_running_as_it_was()
    {
        var list = Of("ecosystem.config.json", Ecosystem).Good().List;
        Assert.Equal(["api", "restart_api", "nightly", "pool_0", "pool_1", "pool_2", "once"], list.Jobs.Select(job => job.Name));
        var api = list.Find("api")!;
        Assert.Equal(
            ["node", "--max-old-space-size=200", "/srv/api/server.js", "--port", "3000", "two words"],
            api.Work.Argv.AsEnumerable()
        );
        Assert.Equal("/srv/api", api.Workdir);
        Assert.Equal(
            (JobType.Always, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 300L << 20),
            (api.Type, api.Grace, Always.Of(api).MinUptime, api.Limits.Memory)
        );
        Assert.Equal(
            "NODE_APP_INSTANCE=0 NODE_ENV=production PORT=3000",
            string.Join(' ', api.Env.Select(pair => $"{pair.Key}={pair.Value}"))
        );
        Assert.Equal(TimeSpan.FromSeconds(3), api.Backoff.After(4));
        Assert.Equal(
            (JobType.Cron, "sh -c \"$AIOS_EXE\" restart api"),
            (list.Find("restart_api")!.Type, string.Join(' ', list.Find("restart_api")!.Work.Argv))
        );
        Assert.Equal(
            (JobType.Cron, "python3 /srv/nightly.py"),
            (list.Find("nightly")!.Type, string.Join(' ', list.Find("nightly")!.Work.Argv))
        );
        Assert.Equal("2", list.Find("pool_2")!.Env["NODE_APP_INSTANCE"]);
        Assert.Equal((JobType.Always, RestartPolicy.Never), (list.Find("once")!.Type, Always.Of(list.Find("once")!).Restart));
    }

    [Fact]
    public void Files_of_variables_are_carried_over_and_other_environments_are_said_where_they_differ()
    {
        var taken = Of(
            "ecosystem.config.json",
            """
            {"apps": [
              {"name": "a", "script": "/opt/a.sh", "cwd": "/srv/a", "env_file": ".env file"},
              {"name": "b", "script": "/opt/b.sh", "cwd": "/srv/b", "env_file": [".env", "/etc/b.env"],
               "env": {"PORT": 1, "MODE": "x"},
               "env_same": {"PORT": 1},
               "env_production": {"PORT": 80, "MODE": "x", "DEBUG": ""}}
            ]}
            """
        );
        var list = taken.Good().List;
        Assert.Equal(["-/srv/a/.env file"], list.Find("a")!.EnvFiles.AsEnumerable());
        Assert.Equal(["-/srv/b/.env", "-/etc/b.env"], list.Find("b")!.EnvFiles.AsEnumerable());
        Assert.Contains("PM2 itself (7.0) does not read it", taken.Note("ecosystem.config.json:2"), StringComparison.Ordinal);
        Assert.Equal(
            "ecosystem.config.json:6: env_production: PM2 takes it with `--env production` only. If you start it so, put into `env` what "
                + "differs: PORT=80, DEBUG=.",
            taken.Note("ecosystem.config.json:6")
        );
        Assert.Equal(3, taken.Notes.Count);
    }

    [Fact]
    public void What_cannot_be_carried_over_is_said_line_by_line()
    {
        var taken = Of("ecosystem.config.json", Ecosystem);
        foreach (
            var (line, word) in ((int, string)[])
                [
                    (10, "KILL"),
                    (15, "watch"),
                    (16, "env_staging"),
                    (17, "/var/log/api.log"),
                    (18, "never gives up"),
                    (19, "not known"),
                    (21, "at these times"),
                    (22, "3 jobs"),
                    (25, "deploy"),
                ]
        )
        {
            Assert.Contains(word, taken.Note($"ecosystem.config.json:{line}"), StringComparison.Ordinal);
        }

        Assert.Equal(9, taken.Notes.Count);
        Assert.Contains("\"apps\"", Assert.Throws<ImportException>(() => Of("a.json", "{}")).Message, StringComparison.Ordinal);
        Assert.Contains("a.json:", Assert.Throws<ImportException>(() => Of("a.json", "{\"apps\": [")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_was_saved_the_bookkeeping_is_left_out()
    {
        var taken = Of(
                "dump.pm2",
                """
                [{"name": "bot", "pm_exec_path": "/srv/bot/bot.js", "pm_cwd": "/srv/bot", "exec_interpreter": "node", "exec_mode": "cluster_mode", "instances": 2,
                  "node_args": [], "args": ["--quiet"], "status": "stopped", "autorestart": true, "kill_timeout": 1600, "NODE_APP_INSTANCE": 1,
                  "axm_actions": [], "pm_id": 3, "created_at": 1700000000000, "restart_time": 7, "watch": false, "merge_logs": false,
                  "env": {"HOME": "/home/ada", "PATH": "/bin", "TOKEN": "x", "PM2_HOME": "/home/ada/.pm2", "unique_id": "1", "bot": {}, "name": "bot"}}]
                """
            )
            .Good();
        var job = Assert.Single(taken.List.Jobs);
        Assert.Equal(["node", "/srv/bot/bot.js", "--quiet"], job.Work.Argv.AsEnumerable());
        Assert.Equal("NODE_APP_INSTANCE=1 TOKEN=x", string.Join(' ', job.Env.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.False(job.Enabled);
        Assert.Contains(taken.Notes, note => note.Contains("HOME, PATH, PM2_HOME", StringComparison.Ordinal));
        Assert.Equal(2, taken.Notes.Count);
    }

    [Theory]
    [InlineData("\"script\": \"python3 bot.py --fast\"", "bash|-c|python3 bot.py --fast")]
    [InlineData("\"script\": \"python3 bot.py\", \"args\": \"--lost\"", "bash|-c|python3 bot.py")]
    [InlineData("\"cmd\": \"npm run start\"", "bash|-c|npm run start")]
    [InlineData("\"script\": \"/opt/a.sh\", \"args\": [\"x y\", 3]", "bash|/opt/a.sh|x y|3")]
    [InlineData("\"script\": \"/opt/a.py\", \"args\": \"--name='x y' --n \\\"a b\\\" c\"", "python3|/opt/a.py|--name='x y'|--n|a b|c")]
    [InlineData("\"script\": \"/opt/a.py\", \"interpreter\": \"/venv/bin/python\"", "/venv/bin/python|/opt/a.py")]
    [InlineData("\"script\": \"/opt/tool\", \"interpreter\": \"none\"", "/opt/tool")]
    [InlineData("\"script\": \"/opt/a.js\", \"node_args\": \"--inspect --trace-gc\"", "node|--inspect|--trace-gc|/opt/a.js")]
    [InlineData("\"script\": \"/opt/a.rb\"", "ruby|/opt/a.rb")]
    [InlineData("\"script\": \"/opt/a.ts\"", "bun|/opt/a.ts")]
    public void A_script_is_started_as_PM2_starts_it(string app, string command) =>
        Assert.Equal(
            command,
            string.Join(
                '|',
                Assert.Single(Of("ecosystem.config.json", $$"""{"apps": [{"name": "a", {{app}}}]}""").Good().List.Jobs).Work.Argv
            )
        );

    [Theory]
    [InlineData("", RestartPolicy.Always, "0")]
    [InlineData(", \"autorestart\": false", RestartPolicy.Never, "0")]
    [InlineData(", \"stop_exit_codes\": [0]", RestartPolicy.OnFailure, "0")]
    [InlineData(", \"stop_exit_codes\": 3", RestartPolicy.OnFailure, "3")]
    [InlineData(", \"stop_exit_codes\": [0, \"143\"]", RestartPolicy.OnFailure, "0 143")]
    internal void An_app_comes_back_when_PM2_would_bring_it_back(string more, RestartPolicy restart, string codes)
    {
        var job = Assert.Single(Of("a.config.json", $$"""{"apps": [{"script": "/opt/a.sh"{{more}}}]}""").Good().List.Jobs);
        Assert.Equal((JobType.Always, restart, codes), (job.Type, Always.Of(job).Restart, string.Join(' ', job.SuccessCodes)));
    }

    [Fact]
    public void An_app_without_a_folder_runs_in_that_of_the_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("x.config.json"),
            """{"apps": [{"name": "a", "script": "./a.sh"}, {"name": "b", "script": "b.py", "cwd": "./sub"}]}"""
        );
        var list = Taken.From(new Pm2Source(), folder.File("x.config.json")).Good().List;
        Assert.Equal([folder.Path, Path.Combine(folder.Path, "sub")], list.Jobs.Select(job => job.Workdir));
        Assert.Equal([Path.Combine(folder.Path, "a.sh"), Path.Combine(folder.Path, "sub/b.py")], list.Jobs.Select(job => job.Work.Argv[1]));
    }

    [Theory]
    [InlineData("// for the shop\n{\"apps\": [{\"name\": \"a\", /* here */ \"script\": \"/opt/a.sh\"}]} // end")]
    [InlineData("{\"apps\": [{\"name\": \"a\", \"script\": \"/opt/a.sh\",},]}")]
    [InlineData("{\"apps\": [{\"name\": \"a\", \"script\": \"/opt/a.sh\", \"env\": {\"URL\": \"http://x//y/*z*/\"}}]}")]
    [InlineData("{\"apps\": {\"name\": \"a\", \"script\": \"/opt/a.sh\"}}")]
    [InlineData("[{\"name\": \"a\", \"script\": \"/opt/a.sh\"}]")]
    public void Comments_and_commas_are_no_hindrance(string json) =>
        Assert.Equal("/opt/a.sh", Assert.Single(Of("ecosystem.config.json", json).Good().List.Jobs).Work.Argv[1]);

    [RequiresTheory(Need.Node)]
    [InlineData("a.config.json", "{apps: [{name: 'a', script: '/opt/it\\'s.sh'}]}", "/opt/it's.sh")]
    [InlineData("a.config.json", "{apps: [{name: 'a' + '', script: '/opt/' + 'a.sh', instances: 0x1}]}", "/opt/a.sh")]
    [InlineData(
        "a.config.js",
        "console.log('{\"apps\": []}'); process.stdout.write('x');\nmodule.exports = {apps: [{name: 'a', script: '/opt/a.sh'}]};",
        "/opt/a.sh"
    )]
    [InlineData(
        "a.config.js",
        "setInterval(() => console.log('on'), 1); module.exports = {apps: [{name: 'a', script: '/opt/a.sh'}]};",
        "/opt/a.sh"
    )]
    [InlineData("a.config.cjs", "console.error('loading'); exports.apps = [{name: 'a', script: '/opt/a.sh'}];", "/opt/a.sh")]
    [InlineData("a.config.mjs", "console.log('hello'); export default {apps: [{name: 'a', script: '/opt/a.sh'}]};", "/opt/a.sh")]
    public void A_file_that_only_Node_understands_is_left_to_it(string name, string text, string script) =>
        Assert.Equal(script, Assert.Single(Of(name, text).Good().List.Jobs).Work.Argv[1]);

    [Fact]
    public void A_file_in_YAML_is_read() =>
        Assert.Equal(
            "a",
            Assert.Single(Of("ecosystem.config.yaml", "apps:\n  - script: /opt/a.sh  # it\n    instances: 1\n").Good().List.Jobs).Name
        );

    [RequiresFact(Need.Node)]
    public void An_ecosystem_that_is_a_program_is_run_by_Node() =>
        Assert.Equal(
            ["echo_a", "echo_b"],
            Of(
                    "ecosystem.config.js",
                    "module.exports = { apps: ['a', 'b'].map(name => ({ name: 'echo_' + name, script: '/bin/' + name })) };"
                )
                .Good()
                .List.Jobs.Select(job => job.Name)
        );

    private static Taken Of(string name, string text) => Taken.From(new Pm2Source(), name, text);
}
