using System.Globalization;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>One app of PM2.</summary>
internal sealed class Pm2App(YamlMap map, string fileName, string folder)
{
    private readonly bool _isSaved = map.Find("pm_exec_path") is not null;

    /// <summary>Its name, or that of its script.</summary>
    public string Name => Text("name") ?? Path.GetFileNameWithoutExtension(Script ?? "app");

    /// <summary>Whether it is started again when it ends.</summary>
    public bool ComesBack => Text("autorestart") is not ("false" or "False");

    /// <summary>When it is started anew, as a cron expression.</summary>
    public string? RestartTimes => Text("cron_restart", "cron") is { } cron && cron is not ("0" or "false") ? cron : null;

    private string? Script => Text("script", "pm_exec_path");

    /// <summary>Where a setting stands; the app itself where it does not.</summary>
    public string PlaceOf(string name) => $"{fileName}:{map.Find(name)?.Key.Line ?? map.Line}";

    /// <summary>How many of it run at once, and what there is to say about that.</summary>
    public int Instances(out string? words)
    {
        words = null;
        // Each instance that was saved is an app of its own.
        if (_isSaved || Text("instances") is not { } text) return 1;
        var isCluster = Text("exec_mode") is "cluster" or "cluster_mode" || Text("exec_mode") is null;
        var all = Environment.ProcessorCount;
        var count = text == "max" ? all : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number <= 0 ? Math.Max(1, all + number) : number : 1;
        if (count > 1) words = $"instances: {text}: {count} jobs{(isCluster ? "; PM2's cluster lets Node programs share a port, here each must listen on one of its own (NODE_APP_INSTANCE is its number)" : "")}.";
        return Math.Min(count, 1000);
    }

    /// <summary>The job that it becomes.</summary>
    public ImportedJob Job(string name, int instance, bool withNotes)
    {
        var job = new ImportedJob();
        var isOn = AddHead(job, name);
        var (argv, cwd) = (CommandOf(job), Text("cwd", "pm_cwd"));
        if (cwd is not null && argv.Count > 0) argv = ["sh", "-c", $"cd {ShellWords.Quote(Path.GetFullPath(Path.Combine(folder, cwd)))} && exec {ShellWords.Join(argv)}"];
        var user = Text("user", "uid");
        var (command, mayRun) = OtherUser.Command(user, argv, job, PlaceOf(map.Find("user") is null ? "uid" : "user"));
        job.Texts("command", command).Map("env", Pm2Environment.Of(map, job, $"{fileName}:{map.Line}", instance, _isSaved));
        foreach (var entry in map.Entries) Pm2Setting.Add(job, entry, $"{fileName}:{entry.Key.Line}", ComesBack, _isSaved);
        if (!isOn || !mayRun) job.Flag("enabled", false);
        if (!withNotes) job.Notes.Clear();
        return job;
    }

    private bool AddHead(ImportedJob job, string name)
    {
        job.Text("name", name);
        if (ComesBack) job.Text("type", "always");
        else if (RestartTimes is { } cron) job.Text("type", "cron").Yaml("cron", $"\"{cron}\"");
        else
        {
            job.Text("type", "trigger").Note(PlaceOf("autorestart"), "autorestart is off: nothing runs once just because AIOS starts. It runs when it is asked to (`aios trigger`), or write type: always.");
        }

        if (Text("status") is not ("stopped" or "stopping" or "errored")) return true;
        job.Note(PlaceOf("status"), $"it was {Text("status")} when it was saved: switched off (enabled: false).");
        return false;
    }

    private List<string> CommandOf(ImportedJob job)
    {
        if (Script is not { } script)
        {
            job.Note(PlaceOf("name"), "it has no script.");
            return [];
        }

        var words = Interpreter(script).ToList();
        words.AddRange(Words(words.Count == 0 ? null : "node_args", "interpreter_args", "interpreterArgs"));
        // A script is a path if there is such a file, else a program on the path.
        var path = Path.GetFullPath(Path.Combine(folder, Text("cwd", "pm_cwd") ?? "", script));
        words.Add(File.Exists(path) || script.Contains('/', StringComparison.Ordinal) || words.Count > 0 ? path : script);
        words.AddRange(Words("args", "arguments"));
        return words;
    }

    private IEnumerable<string> Interpreter(string script)
    {
        if (Text("interpreter", "exec_interpreter") is { } given) return given == "none" ? [] : [given];
        return Path.GetExtension(script) switch
        {
            ".js" or ".cjs" or ".mjs" => ["node"],
            ".ts" or ".tsx" => ["bun"],
            ".py" => ["python3"],
            ".sh" => ["bash"],
            ".rb" => ["ruby"],
            ".pl" => ["perl"],
            ".php" => ["php"],
            _ => [],
        };
    }

    private IEnumerable<string> Words(params string?[] names)
    {
        foreach (var name in names)
        {
            if (name is null || map.Find(name)?.Value is not { } value || value.IsNull) continue;
            if (value is YamlList list) return list.Items.OfType<YamlScalar>().Select(item => item.Text);
            return value is YamlScalar { Text: var text } ? ShellWords.Split(text) ?? [text] : [];
        }

        return [];
    }

    private string? Text(params string[] names)
    {
        foreach (var name in names)
        {
            if (map.Find(name)?.Value is YamlScalar { IsNull: false } value) return value.Text;
        }

        return null;
    }
}
