using System.Globalization;

namespace Aios.Import;

/// <summary>A section <c>[program:x]</c>.</summary>
internal sealed class SupervisordProgram(IniFile.Section section, SupervisordValues values, string? commonEnvironment)
{
    private readonly ImportedJob _job = new();
    private bool _isOff;

    /// <summary>The job that it becomes.</summary>
    public ImportedJob Job(string name, string? group, bool withNotes)
    {
        var (type, isOff) = TypeOf();
        _isOff = isOff;
        _job.Text("name", name).Text("type", type);
        if (group is not null) _job.Text("description", $"Of the group {group}");
        AddCommand();
        _job.Map("env", EnvironmentOf());
        foreach (var setting in section.Settings) AddSetting(setting, type);
        if (_isOff) _job.Flag("enabled", false);
        if (!withNotes) _job.Notes.Clear();
        return _job;
    }

    private (string Type, bool IsOff) TypeOf()
    {
        var (startsBySelf, place) = (IsYes("autostart", defaultValue: true), PlaceOf("autostart"));
        var comesBack = section.Find("autorestart")?.ToLowerInvariant() is not ("false" or "no" or "off" or "0");
        if (comesBack && startsBySelf) return ("always", false);
        if (comesBack)
        {
            _job.Note(place, "autostart is off: the job is switched off (enabled: false) until you switch it on.");
            return ("always", true);
        }

        if (startsBySelf) _job.Note(PlaceOf("autorestart"), "autorestart is off: nothing runs once just because AIOS starts. It runs when it is asked to (`aios trigger`), or write type: always.");
        return ("trigger", false);
    }

    private void AddCommand()
    {
        var line = values.Expand(section.Find("command") ?? "");
        if (ShellWords.Split(line) is not { Count: > 0 } words)
        {
            _job.Note(section.Place, section.Find("command") is null ? $"[{section.Name}] has no command." : $"the command has a quote that does not end: {line}");
            return;
        }

        var argv = NeedsShell(words) ? ["sh", "-c", ShellLine(words)] : words;
        var user = section.Find("user");
        var (command, mayRun) = OtherUser.Command(user, argv, _job, PlaceOf("user"));
        _job.Texts("command", command);
        if (!mayRun) _isOff = true;
    }

    private bool NeedsShell(List<string> words) =>
        section.Find("directory") is not null || section.Find("umask") is not null || words.Any(word => SupervisordValues.Variables(word).Any());

    private string ShellLine(List<string> words)
    {
        var umask = section.Find("umask") is { } mask ? $"umask {ShellWords.Quote(mask)} && " : "";
        var directory = section.Find("directory") is { } folder ? $"cd {SupervisordValues.ShellWord(values.Expand(folder))} && " : "";
        return $"{umask}{directory}exec {string.Join(' ', words.Select(SupervisordValues.ShellWord))}";
    }

    private SortedDictionary<string, string> EnvironmentOf()
    {
        var environment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (text, place) in ((string?, string)[])[(commonEnvironment, "[supervisord]"), (section.Find("environment"), PlaceOf("environment"))])
        {
            foreach (var (name, value) in SupervisordEnvironment.Parse(values.Expand(text ?? "")))
            {
                if (SupervisordValues.Variables(value).FirstOrDefault() is { } variable) _job.Note(place, $"{name} takes {variable} from supervisord's environment: write its value here, or give {name} to AIOS itself.");
                else environment[name] = value;
            }
        }

        return environment;
    }

    private void AddSetting(IniFile.Setting setting, string type)
    {
        var (name, value, place) = setting;
        switch (name)
        {
            case "command" or "process_name" or "numprocs" or "numprocs_start" or "directory" or "umask" or "environment" or "user" or "autostart":
            case "stopasgroup" or "killasgroup":
            case "redirect_stderr" or "stdout_syslog" or "stderr_syslog":
                break;
            case "autorestart":
                if (value.Equals("unexpected", StringComparison.OrdinalIgnoreCase)) _job.Note(place, "autorestart=unexpected: a job of type always comes back however it ended.");
                break;
            case "startsecs":
                AddSeconds("min_uptime", value, place, type == "always");
                break;
            case "stopwaitsecs":
                AddSeconds("grace", value, place, belongs: true);
                break;
            case "stopsignal":
                if (value.ToUpperInvariant() is not ("TERM" or "SIGTERM")) _job.Note(place, $"stopsignal={value}: AIOS ends programs by TERM, and by KILL after `grace`.");
                break;
            case "priority":
                _job.Note(place, $"priority={value}: jobs that are kept running have no order of starting.");
                break;
            case "startretries":
                _job.Note(place, $"startretries={value}: AIOS never gives up; it waits longer each time, up to a minute (`backoff` sets other waits).");
                break;
            case "exitcodes":
                _job.Note(place, $"exitcodes={value}: only 0 is success.");
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
        if (name is "stdout_logfile" or "stderr_logfile")
        {
            if (!value.Equals("AUTO", StringComparison.OrdinalIgnoreCase)) _job.Note(place, $"{name}={value}: what it prints is kept in the database (`aios logs {values.Program}`), not in that file.");
        }
        else if (name.StartsWith("stdout_", StringComparison.Ordinal) || name.StartsWith("stderr_", StringComparison.Ordinal)) _job.Note(place, $"{name}={value}: AIOS keeps and prunes what is printed by its own rules (docs/operating.md).");
        else _job.Note(place, $"{name}={value}: not known, and not taken over.");
    }

    private void AddSeconds(string field, string value, string place, bool belongs)
    {
        if (!belongs) return;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) _job.Text(field, $"{seconds}s");
        else _job.Note(place, $"{value} is no number of seconds.");
    }

    private bool IsYes(string name, bool defaultValue) => section.Find(name)?.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => defaultValue,
    };

    private string PlaceOf(string name) => section.Settings.FindLast(setting => setting.Name == name)?.Place ?? section.Place;
}
