using System.Globalization;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>One setting of an app that is not its command.</summary>
internal static class Pm2Setting
{
    /// <summary>Adds the field that it becomes, or a note.</summary>
    /// <param name="job">To which it is added.</param>
    /// <param name="entry">The setting.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="comesBack">Whether the job is kept running.</param>
    /// <param name="isSaved">Of what <c>pm2 save</c> wrote. There, an app's record holds PM2's own bookkeeping besides.</param>
    /// <param name="app">The whole app.</param>
    public static void Add(ImportedJob job, YamlEntry entry, string place, bool comesBack, bool isSaved, YamlMap app)
    {
        if (entry.Value.IsNull)
            return;
        var text = (entry.Value as YamlScalar)?.Text ?? entry.Value.Found;
        switch (entry.Name)
        {
            case "name"
            or "script"
            or "cmd"
            or "command"
            or "exec"
            or "pm_exec_path"
            or "port"
            or "gid"
            or "autostart"
            or "stop_exit_codes"
            or "instance_var"
            or "increment_var"
            or "cwd"
            or "pm_cwd"
            or "args"
            or "arguments"
            or "interpreter"
            or "exec_interpreter"
            or "node_args"
            or "interpreter_args"
            or "interpreterArgs":
            case "env" or "instances" or "exec_mode" or "autorestart" or "cron_restart" or "cron" or "user" or "uid" or "status":
                break;
            case "env_file":
                job.Note(
                    place,
                    "env_file: taken over; PM2 itself (7.0) does not read it, so these variables are new to the program unless it read "
                        + "the file by itself."
                );
                break;
            case "max_memory_restart":
                job.Yaml("limits", $"{{memory: {YamlText.Scalar(text)}}}");
                job.Note(place, $"max_memory_restart: {text}: beyond it the program gets KILL, and comes back.");
                break;
            case "kill_timeout" when text != "1600":
                AddDuration(job, "grace", text, place);
                break;
            case "min_uptime" when comesBack:
                AddDuration(job, "min_uptime", text, place);
                break;
            case "restart_delay" when text != "0":
                job.Yaml("backoff", $"[{Duration(text) ?? YamlText.Scalar(text)}]");
                break;
            case "exp_backoff_restart_delay" when text != "0":
                AddDuration(job, "backoff", text, place);
                break;
            case "namespace" when text != "default":
                job.Text("description", $"Of the namespace {text}");
                break;
            default:
                Note(job, entry.Name, text, place, isSaved, app);
                break;
        }
    }

    private static void Note(ImportedJob job, string name, string text, string place, bool isSaved, YamlMap app)
    {
        var isOff = text is "false" or "False" or "0" or "" or "default" or "an empty list" or "an empty map";
        var words = name switch
        {
            "watch" when !isOff => "watch: AIOS does not start a program anew when its files change; `aios restart JOB` does.",
            "ignore_watch" or "watch_delay" or "watch_options" when !isOff && !isSaved => $"{name}: files are not watched.",
            "max_restarts" when !(isSaved && text == "16") =>
                $"max_restarts: {text}: AIOS never gives up; it waits longer each time, up to a minute (`backoff` sets other waits).",
            "out_file" or "error_file" or "log_file" or "output" or "error" or "log" when !isOff =>
                $"{name}: {text}: what it prints is kept in the database (`aios logs JOB`), not in that file.",
            "log_date_format" or "merge_logs" or "combine_logs" or "time" or "log_type" or "disable_logs" when !isOff && !isSaved =>
                $"{name}: each line that is kept has its time, job and run.",
            "wait_ready" or "listen_timeout" when !isOff => $"{name}: AIOS does not wait for process.send('ready').",
            "shutdown_with_message" when !isOff => "shutdown_with_message: AIOS ends programs by TERM, and by KILL after `grace`.",
            "treekill" when isOff => "treekill: AIOS ends a program with all that it started.",
            "pid_file" or "pid" when !isOff && !isSaved => $"{name}: the process is in `aios status`.",
            _ when name.StartsWith("env_", StringComparison.Ordinal) => OfEnvironment(name, app),
            _ when isSaved || IsNothing(name, isOff) => null,
            _ => $"{name}: {text}: not known, and not taken over.",
        };
        if (words is not null)
            job.Note(place, words);
    }

    // PM2 takes it with `--env NAME` only, and nobody can see from the file with which it was started.
    private static string? OfEnvironment(string name, YamlMap app)
    {
        if (app.Find(name)?.Value is not YamlMap variables)
            return $"{name}: only `env` is taken over; put what you need of it there.";
        var env = app.Find("env")?.Value as YamlMap;
        List<string> others =
        [
            .. variables
                .Entries.Where(entry => entry.Value is YamlScalar value && (env?.Find(entry.Name)?.Value as YamlScalar)?.Text != value.Text)
                .Select(entry => $"{entry.Name}={((YamlScalar)entry.Value).Text}"),
        ];
        return others.Count == 0
            ? null
            : $"{name}: PM2 takes it with `--env {name[4..]}` only. If you start it so, put into `env` what differs: "
                + $"{string.Join(", ", others)}.";
    }

    // Settings that change nothing here, or that say only what is so anyway.
    private static bool IsNothing(string name, bool isOff) =>
        isOff
        || name
            is "namespace"
                or "kill_timeout"
                or "min_uptime"
                or "restart_delay"
                or "treekill"
                or "vizion"
                or "automation"
                or "pmx"
                or "source_map_support"
                or "force"
                or "windowsHide"
                or "version"
                or "kill_retry_time"
                or "username"
                or "append_env_to_name"
                or "exp_backoff_restart_delay";

    private static void AddDuration(ImportedJob job, string field, string text, string place)
    {
        if (Duration(text) is { } duration)
            job.Yaml(field, duration);
        else
            job.Note(place, $"\"{text}\" is no span of time that AIOS knows.");
    }

    // PM2 counts milliseconds, and knows "5s", "10m" and "1h".
    private static string? Duration(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return milliseconds % 1000 == 0 ? $"{milliseconds / 1000}s" : $"{milliseconds}ms";
        return text.Length > 1 && text[^1] is 's' or 'm' or 'h' && text[..^1].All(char.IsAsciiDigit) ? text : null;
    }
}
