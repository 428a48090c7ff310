using System.Globalization;

namespace Aios.Import;

/// <summary>One process of a section <c>[program:x]</c>.</summary>
/// <param name="options">The section's settings.</param>
/// <param name="daemon">What [supervisord] says for all.</param>
/// <param name="values">What its settings are expanded with.</param>
internal sealed class SupervisordProgram(SupervisordOptions options, SupervisordDefaults daemon, SupervisordValues values)
{
    private readonly ImportedJob _job = new();
    private SupervisordValues _values = values;
    private bool _isOff;

    /// <summary>The job that it becomes.</summary>
    public ImportedJob Job(string name, string? group)
    {
        _job.Text("name", name);
        AddType();
        if (group is not null)
            _job.Text("description", $"Of the group {group}");
        var environment = EnvironmentOf();
        AddCommand(environment);
        _job.Map("env", environment.Where(pair => !ShellVariable.In(pair.Value).Any()).ToList());
        foreach (var setting in options.Section.Settings.DistinctBy(setting => setting.Name))
            AddSetting(options.Section.FindSetting(setting.Name)!);
        if (_isOff)
            _job.Flag("enabled", false);
        _job.Notes.AddRange(options.Notes);
        return _job;
    }

    /// <summary>Its name, which its own environment may be part of.</summary>
    public string Name(string defaultName)
    {
        _ = EnvironmentOf();
        return options.Expand("process_name", defaultName, _values);
    }

    private void AddType()
    {
        var restarts = options.Now("autorestart", "unexpected").ToLowerInvariant();
        var (comesBack, startsBySelf) = (!SupervisordOptions.IsNo(restarts), options.IsYes("autostart", defaultValue: true));
        var codes = ExitCodes();
        if (!comesBack && !startsBySelf)
            _job.Text("type", "trigger");
        else
            _job.Text("type", "always");
        if (!comesBack && startsBySelf)
            _job.Text("restart", "never");
        if (comesBack && !SupervisordOptions.IsYes(restarts) && codes.Count > 0)
            _job.Text("restart", "on_failure");
        if (codes.Count > 0 && !codes.SetEquals([0]))
            _job.Yaml("success_codes", $"[{string.Join(", ", codes)}]");
        if (!comesBack || startsBySelf)
            return;
        _job.Note(options.Place("autostart"), "autostart is off: the job is switched off (enabled: false) until you switch it on.");
        _isOff = true;
    }

    private SortedSet<int> ExitCodes()
    {
        var codes = new SortedSet<int>();
        foreach (
            var code in options.Now("exitcodes", "0").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 255)
                codes.Add(number);
            else
                options.Note("exitcodes", $"{code} is no exit status.");
        }

        return codes;
    }

    private void AddCommand(SortedDictionary<string, string> environment)
    {
        var line = options.Expand("command", "", _values);
        if (ShellWords.Split(line) is not { Count: > 0 } words)
        {
            _job.Note(
                options.Section.Place,
                options.Section.Find("command") is null
                    ? $"[{options.Section.Name}] has no command."
                    : $"the command has a quote that does not end: {ShellVariable.AsWritten(line)}"
            );
            return;
        }

        var folder = options.Section.Find("directory") is null ? null : options.Expand("directory", "", _values);
        var later = environment.Where(pair => ShellVariable.In(pair.Value).Any()).ToList();
        var argv = NeedsShell(words, folder, later) ? ["sh", "-c", ShellLine(words, folder, later)] : words;
        var isOwn = options.Section.Find("user") is not null;
        var user = isOwn ? options.Now("user", "") : daemon.User;
        var (command, mayRun) = OtherUser.Command(user, argv, _job, isOwn ? options.Place("user") : daemon.UserPlace);
        _job.Texts("command", command);
        if (folder is not null && !ShellVariable.In(folder).Any())
            _job.Text("workdir", Path.GetFullPath(folder, daemon.Folder));
        if (!mayRun)
            _isOff = true;
        NoteLater("command", words);
        NoteLater("directory", [folder ?? ""]);
        NoteLater("environment", later.Select(pair => pair.Value));
    }

    private void NoteLater(string name, IEnumerable<string> texts)
    {
        foreach (var variable in texts.SelectMany(ShellVariable.In).Distinct())
            NoteLater(name, variable);
    }

    private void NoteLater(string name, string variable) =>
        _job.Note(
            options.Place(name),
            $"%(ENV_{variable})s was taken from supervisord's environment. Here it is put in whenever the job starts, from the "
                + $"environment of AIOS: start AIOS with {variable}, or write it into the job's `env`. Quotes in its value stay letters."
        );

    private bool NeedsShell(List<string> words, string? folder, List<KeyValuePair<string, string>> later) =>
        Umask() is not null || later.Count > 0 || words.Append(folder ?? "").Any(text => ShellVariable.In(text).Any());

    private string? Umask() => options.Section.Find("umask") is null ? daemon.Umask : options.Now("umask", "022");

    // set -f: what a variable holds is split as a command line is, but means no files.
    private string ShellLine(List<string> words, string? folder, List<KeyValuePair<string, string>> later)
    {
        var lines = new List<string>();
        if (Umask() is { } mask)
            lines.Add($"umask {ShellWords.Quote(mask)}");
        if (folder is not null && ShellVariable.In(folder).Any())
            lines.Add($"cd {ShellVariable.WholeWord(folder)}");
        lines.AddRange(later.Select(pair => $"export {pair.Key}={ShellVariable.WholeWord(pair.Value)}"));
        if (words.Any(word => word.Any(ShellVariable.Begins)))
            lines.Add("set -f");
        return string.Join(" && ", lines.Append($"exec {string.Join(' ', words.Select(ShellVariable.Word))}"));
    }

    // What supervisord sets for all, and the program's own over it, which is known to what is expanded afterwards.
    private SortedDictionary<string, string> EnvironmentOf()
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in daemon.Environment)
            environment[name] = value;
        foreach (var (name, value) in options.Environment(_values))
            environment[name] = value;
        _values = _values.WithEnvironment(environment);
        return environment;
    }

    private void AddSetting(IniFile.Setting setting)
    {
        var (name, place) = (setting.Name, setting.Place);
        var value = ShellVariable.AsWritten(options.Expand(name, "", _values));
        switch (name)
        {
            case "command"
            or "process_name"
            or "numprocs"
            or "numprocs_start"
            or "directory"
            or "umask"
            or "environment"
            or "user"
            or "autostart"
            or "autorestart"
            or "exitcodes":
            case "stopasgroup" or "killasgroup" or "redirect_stderr" or "stdout_syslog" or "stderr_syslog":
                break;
            case "startsecs":
                AddSeconds("min_uptime", name, belongs: _job.Fields.Contains(("type", "always")));
                break;
            case "stopwaitsecs":
                AddSeconds("grace", name, belongs: true);
                break;
            case "stopsignal":
                if (value.ToUpperInvariant() is not ("TERM" or "SIGTERM" or "15"))
                    _job.Note(place, $"stopsignal={value}: AIOS ends programs by TERM, and by KILL after `grace`.");
                break;
            case "priority":
                _job.Note(place, $"priority={value}: jobs that are kept running have no order of starting.");
                break;
            case "startretries":
                _job.Note(
                    place,
                    $"startretries={value}: AIOS never gives up; it waits longer each time, up to a minute (`backoff` sets other waits)."
                );
                break;
            case "serverurl":
                _job.Note(place, "serverurl: there is no supervisord to call.");
                break;
            default:
                NoteLogging(name, value, place);
                break;
        }
    }

    private void NoteLogging(string name, string value, string place)
    {
        var jobName = _job.Fields[0].Yaml;
        if (name is "stdout_logfile" or "stderr_logfile")
        {
            if (!value.Equals("AUTO", StringComparison.OrdinalIgnoreCase))
                _job.Note(place, $"{name}={value}: what it prints is kept in the database (`aios logs {jobName}`), not in that file.");
        }
        else if (name.StartsWith("stdout_", StringComparison.Ordinal) || name.StartsWith("stderr_", StringComparison.Ordinal))
            _job.Note(place, $"{name}={value}: AIOS keeps and prunes what is printed by its own rules (docs/operating.md).");
        else
            _job.Note(place, $"{name}={value}: not known, and not taken over.");
    }

    private void AddSeconds(string field, string name, bool belongs)
    {
        if (!belongs)
            return;
        var value = options.Now(name, "");
        if (int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            _job.Text(field, $"{seconds}s");
        else
            options.Note(name, $"{value} is no number of seconds.");
    }
}
