using System.Globalization;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>One app of PM2.</summary>
internal sealed class Pm2App(YamlMap map, string fileName, bool hasLines, string folder)
{
    private static readonly string[] ScriptNames = ["script", "pm_exec_path", "cmd", "command", "exec"];
    private readonly bool _isSaved = map.Find("pm_exec_path") is not null;
    private readonly string _cwd = Path.GetFullPath(TextOf(map, "cwd", "pm_cwd") ?? "", folder);

    /// <summary>Its name, or that of its script.</summary>
    public string Name => Text("name") ?? Path.GetFileNameWithoutExtension(Script ?? "app");

    /// <summary>Whether it is started again when it ends.</summary>
    public bool ComesBack => Text("autorestart") is not ("false" or "False");

    /// <summary>When it is started anew, as a cron expression.</summary>
    public string? RestartTimes => Text("cron_restart", "cron") is { } cron && cron is not ("0" or "false") ? cron : null;

    private string? Script => ScriptOf(map);

    // PM2 gives a script with a blank in it to a shell, and forgets the arguments.
    private bool IsShellLine => !_isSaved && Script is { } script && script.Contains(' ', StringComparison.Ordinal);

    /// <summary>What an app runs, or null.</summary>
    public static string? ScriptOf(YamlMap map) => TextOf(map, ScriptNames);

    /// <summary>Where a setting stands; the app itself where it does not.</summary>
    public string PlaceOf(string name) => hasLines ? $"{fileName}:{map.Find(name)?.Key.Line ?? map.Line}" : $"{fileName}, {Name}";

    /// <summary>How many of it run at once, and what there is to say about that.</summary>
    public int Instances(out string? words)
    {
        words = null;
        // Each instance that was saved is an app of its own.
        if (_isSaved || Text("instances") is not { } text)
            return 1;
        var isCluster = Text("exec_mode") is "cluster" or "cluster_mode" || Text("exec_mode") is null;
        var all = Environment.ProcessorCount;
        var count =
            text == "max" ? all
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number <= 0 ? Math.Max(1, all + number)
                    : number
            : 1;
        const string OwnPorts =
            "; PM2's cluster lets Node programs share a port, here each must listen on one of its own (NODE_APP_INSTANCE is its number)";
        if (count > 1)
            words = $"instances: {text}: {count} jobs{(isCluster ? OwnPorts : "")}.";
        return Math.Min(count, 1000);
    }

    /// <summary>The job that it becomes.</summary>
    public ImportedJob Job(string name, int instance, bool withNotes)
    {
        var job = new ImportedJob();
        var isOn = AddHead(job, name);
        var user = Text("uid", "user");
        var (command, mayRun) = OtherUser.Command(
            user,
            CommandOf(job),
            job,
            PlaceOf(map.Find("uid") is null ? "user" : "uid"),
            Text("gid")
        );
        job.Texts("command", command)
            .Text("workdir", _cwd)
            .Texts("env_file", EnvFiles())
            .Map("env", EnvironmentOf(job, instance, user, command));
        foreach (var entry in map.Entries)
            Pm2Setting.Add(job, entry, PlaceOf(entry.Name), ComesBack, _isSaved, map);
        if (!isOn || !mayRun)
            job.Flag("enabled", false);
        if (!withNotes)
            job.Notes.Clear();
        return job;
    }

    // From the app's folder, which a job does not start from; one that is missing was passed over.
    private List<string> EnvFiles() => [.. Words("env_file").Select(file => $"-{Path.GetFullPath(file, _cwd)}")];

    private SortedDictionary<string, string> EnvironmentOf(ImportedJob job, int instance, string? user, IReadOnlyList<string> command)
    {
        var environment = Pm2Environment.Of(map, job, PlaceOf("env"), instance, _isSaved);
        if (Text("port") is { } port)
            environment["PORT"] = port;
        if (user is not null && Platform.LocalUser.HomeOf(user) is { } home)
            environment["HOME"] = home;
        if (Interpreter(command).Contains("python", StringComparison.Ordinal))
            environment.TryAdd("PYTHONUNBUFFERED", "1");
        return environment;
    }

    private string Interpreter(IReadOnlyList<string> command) =>
        IsShellLine || command.Count == 0 ? "" : Text("interpreter", "exec_interpreter") ?? (InterpreterOf(Script!).FirstOrDefault() ?? "");

    private bool AddHead(ImportedJob job, string name)
    {
        job.Text("name", name);
        if (ComesBack)
            AddRestart(job.Text("type", "always"));
        else if (RestartTimes is { } cron)
            job.Text("type", "cron")
                .Yaml("cron", $"\"{cron}\"")
                .Note(
                    PlaceOf("cron_restart"),
                    "cron_restart with autorestart off: it runs at these times. PM2 ran it when it was started besides, and ended what "
                        + "still ran at such a time."
                );
        else
            job.Text("type", "always").Text("restart", "never");

        if (Text("autostart") is "false" or "False")
        {
            job.Note(PlaceOf("autostart"), "autostart is off: the job is switched off (enabled: false) until you switch it on.");
            return false;
        }

        if (Text("status") is not ("stopped" or "stopping" or "errored"))
            return true;
        job.Note(PlaceOf("status"), $"it was {Text("status")} when it was saved: switched off (enabled: false).");
        return false;
    }

    private void AddRestart(ImportedJob job)
    {
        List<string> codes =
        [
            .. Words("stop_exit_codes")
                .Where(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 255),
        ];
        if (codes.Count > 0)
            job.Text("restart", "on_failure").Yaml("success_codes", $"[{string.Join(", ", codes)}]");
    }

    private List<string> CommandOf(ImportedJob job)
    {
        if (Script is not { } script)
        {
            job.Note(PlaceOf("name"), "it has no script.");
            return [];
        }

        if (IsShellLine)
        {
            if (map.Find("args") is not null)
                job.Note(PlaceOf("args"), "args: PM2 gives a script with a blank in it to bash, and forgets its args; so is it here.");
            return ["bash", "-c", script];
        }

        // A script is a path if there is such a file, else a program on the path.
        var path = Path.GetFullPath(script, _cwd);
        var isPath = File.Exists(path) || script.Contains('/', StringComparison.Ordinal);
        var words = InterpreterOf(script).ToList();
        if (words.Count > 0)
            words.AddRange(Words("node_args", "interpreter_args", "interpreterArgs"));
        else if (map.Find("node_args") is not null && !_isSaved)
            job.Note(PlaceOf("node_args"), "node_args: it has no interpreter to take them.");
        words.Add(isPath || words.Count > 0 ? path : script);
        words.AddRange(Words("args", "arguments"));
        return words;
    }

    // Where nothing else says what reads it, a text is Node's.
    private IEnumerable<string> InterpreterOf(string script)
    {
        if (Text("interpreter", "exec_interpreter") is { } given)
            return given == "none" ? [] : [given];
        return Path.GetExtension(script) switch
        {
            ".js" or ".cjs" or ".mjs" => ["node"],
            ".ts" or ".tsx" => ["bun"],
            ".py" => ["python3"],
            ".sh" => ["bash"],
            ".rb" => ["ruby"],
            ".pl" => ["perl"],
            ".php" => ["php"],
            _ => Pm2Script.IsForNode(Path.GetFullPath(script, _cwd)) ? ["node"] : [],
        };
    }

    private IEnumerable<string> Words(params string[] names)
    {
        foreach (var name in names)
        {
            if (map.Find(name)?.Value is not { } value || value.IsNull)
                continue;
            if (value is YamlList list)
                return list.Items.OfType<YamlScalar>().Select(item => item.Text);
            if (value is not YamlScalar { Text: var text })
                return [];
            return name == "env_file" ? [text] : Pm2Script.Arguments(text);
        }

        return [];
    }

    private string? Text(params string[] names) => TextOf(map, names);

    private static string? TextOf(YamlMap map, params string[] names)
    {
        foreach (var name in names)
        {
            if (map.Find(name)?.Value is YamlScalar { IsNull: false } value)
                return value.Text;
        }

        return null;
    }
}
