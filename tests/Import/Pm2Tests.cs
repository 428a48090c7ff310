using Aios.Import;
using Aios.Jobs;
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
        Assert.Equal(["sh", "-c", "cd /srv/api && exec node --max-old-space-size=200 /srv/api/server.js --port 3000 'two words'"], api.Command.AsEnumerable());
        Assert.Equal((JobType.Always, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 300L << 20), (api.Type, api.Grace, api.MinUptime, api.Limits.Memory));
        Assert.Equal("NODE_ENV=production PORT=3000", string.Join(' ', api.Env.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(TimeSpan.FromSeconds(3), api.Backoff.After(4));
        Assert.Equal((JobType.Cron, "sh -c \"$AIOS_EXE\" restart api"), (list.Find("restart_api")!.Type, string.Join(' ', list.Find("restart_api")!.Command)));
        Assert.Equal((JobType.Cron, "python3 /srv/nightly.py"), (list.Find("nightly")!.Type, string.Join(' ', list.Find("nightly")!.Command)));
        Assert.Equal("2", list.Find("pool_2")!.Env["NODE_APP_INSTANCE"]);
        Assert.Equal(JobType.Trigger, list.Find("once")!.Type);
    }

    [Fact]
    public void What_cannot_be_carried_over_is_said_line_by_line()
    {
        var taken = Of("ecosystem.config.json", Ecosystem);
        foreach (var (line, word) in ((int, string)[])[(10, "KILL"), (15, "watch"), (16, "env_staging"), (17, "/var/log/api.log"), (18, "never gives up"), (19, "not known"), (22, "3 jobs"), (23, "autorestart"), (25, "deploy")])
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
            """).Good();
        var job = Assert.Single(taken.List.Jobs);
        Assert.Equal(["sh", "-c", "cd /srv/bot && exec node /srv/bot/bot.js --quiet"], job.Command.AsEnumerable());
        Assert.Equal("NODE_APP_INSTANCE=1 TOKEN=x", string.Join(' ', job.Env.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.False(job.Enabled);
        Assert.Contains(taken.Notes, note => note.Contains("HOME, PATH, PM2_HOME", StringComparison.Ordinal));
        Assert.Equal(2, taken.Notes.Count);
    }

    [RequiresFact(Need.Node)]
    public void An_ecosystem_that_is_a_program_is_run_by_Node() => Assert.Equal(
        ["echo_a", "echo_b"],
        Of("ecosystem.config.js", "module.exports = { apps: ['a', 'b'].map(name => ({ name: 'echo_' + name, script: '/bin/' + name })) };").Good().List.Jobs.Select(job => job.Name));

    private static Taken Of(string name, string text) => Taken.From(new Pm2Source(), name, text);
}
