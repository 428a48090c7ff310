using System.Text.RegularExpressions;
using Aios.Platform;
using Aios.Scheduling;

namespace Aios.Import;

/// <summary>One crontab, line by line: what a line sets holds for those below it.</summary>
internal sealed partial class CrontabReader(string fileName, bool hasUsers, NameMaker names)
{
    private static readonly HashSet<string> ShellsLikeSh = new(StringComparer.Ordinal)
    {
        "sh",
        "bash",
        "dash",
        "zsh",
        "ksh",
        "mksh",
        "ash",
        "busybox",
    };
    private const string UsualPath = "/usr/bin:/bin";
    private readonly SortedDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _comments = [];
    private string _shell = "/bin/sh";
    private string? _zone;
    private string? _mailTo;

    /// <summary>In the order of the lines.</summary>
    public List<ImportedJob> Jobs { get; } = [];

    /// <summary>What belongs to no job.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Reads it.</summary>
    public void Read(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            ReadLine(lines[i].TrimStart(), $"{fileName}:{i + 1}");
        if (lines[^1].Trim().Length > 0)
            Notes.Add(
                new ImportNote(
                    $"{fileName}:{lines.Length}",
                    "the last line has no line break, and Debian's cron leaves such a file alone as a whole. It is taken over."
                )
            );
    }

    private void ReadLine(string line, string place)
    {
        if (line.Length == 0)
            _comments.Clear();
        else if (line[0] == '#')
            ReadComment(line.TrimStart('#').Trim(), place);
        else if (Setting().Match(line) is { Success: true } setting)
            Set(Unquoted(setting.Groups["name"].Value), Unquoted(setting.Groups["value"].Value.Trim()), place);
        else if ((hasUsers ? SystemLine() : Line()).Match(line) is { Success: true } match)
            AddJob(match, place);
        else
            Notes.Add(new ImportNote(place, $"not understood, and not taken over: {line}"));
    }

    private void ReadComment(string comment, string place)
    {
        if (Line().IsMatch(comment) && CronExpression.TryParse(Line().Match(comment).Groups["when"].Value, out _))
            Notes.Add(new ImportNote(place, $"switched off there, and not taken over: {comment}"));
        else if (comment.Length == 0 || Heading().IsMatch(comment))
            _comments.Clear();
        else
            _comments.Add(comment);
    }

    private void Set(string name, string value, string place)
    {
        _comments.Clear();
        switch (name)
        {
            case "SHELL":
                _shell = value;
                break;
            case "CRON_TZ":
                _zone = value;
                break;
            case "MAILTO":
                _mailTo = value;
                if (value.Length > 0)
                    Notes.Add(new ImportNote(place, MailWords(value)));
                break;
            case "MAILFROM" or "CONTENT_TYPE" or "CONTENT_TRANSFER_ENCODING" or "RANDOM_DELAY":
                Notes.Add(new ImportNote(place, $"{name} has no effect here."));
                break;
            default:
                _environment[name] = value;
                break;
        }
    }

    private static string MailWords(string to) =>
        IsAddress(to)
            ? $"MAILTO: what jobs print is not mailed to {to}, but kept. Instead `notify` tells {to} when one of the jobs below fails and "
                + $"when it is well again; that needs `smtp` in aios.yaml (docs/notices.md)."
            : $"MAILTO: what jobs print is not mailed to {to}, but kept. `notify` can tell an address of failures (docs/notices.md).";

    private static bool IsAddress(string to) => to.Contains('@', StringComparison.Ordinal) && !to.Contains(',', StringComparison.Ordinal);

    private void AddJob(Match line, string place)
    {
        var command = CronCommand.Parse(line.Groups["command"].Value);
        var when = line.Groups["when"].Value;
        var schedule = when == "@reboot" ? null : CronSchedule.Of(when);
        if (schedule is { Cron: null })
        {
            Notes.Add(new ImportNote(place, $"{schedule.Words}: {line.Value}"));
            _comments.Clear();
            return;
        }

        var job = new ImportedJob();
        job.Text("name", names.FromScript(command.Script));
        AddSchedule(job, schedule, place);
        job.Text("description", string.Join(' ', _comments));
        _comments.Clear();
        var mayRun = AddCommand(job, command, line.Groups["user"] is { Success: true } user ? user.Value : null, place);
        if (!mayRun || schedule is { RanThere: false })
            job.Flag("enabled", false);
        if (_mailTo is not null && IsAddress(_mailTo))
            job.Yaml("notify", $"[{{email: {YamlText.Scalar(_mailTo)}}}]");
        Jobs.Add(job);
    }

    private void AddSchedule(ImportedJob job, CronSchedule? schedule, string place)
    {
        if (schedule is not { Cron: { } cron })
        {
            job.Text("type", "always")
                .Text("restart", "never")
                .Note(place, "@reboot: it runs once whenever AIOS starts, also where only AIOS is started anew and not the machine.");
            return;
        }

        job.Text("type", "cron").Yaml("cron", $"\"{cron}\"");
        if (schedule.Words is { } words)
            job.Note(place, words);
        if (_zone is null)
            return;
        job.Text("timezone", _zone)
            .Note(
                place,
                $"CRON_TZ={_zone}: cronie reads it, and so does `timezone`. Debian's cron does not: there it ran by the machine's clock; "
                    + $"if this comes from there, remove `timezone`."
            );
    }

    private bool AddCommand(ImportedJob job, CronCommand command, string? user, string place)
    {
        if (command.Input is not null && !ShellsLikeSh.Contains(Path.GetFileName(_shell)))
            job.Note(place, $"what follows % was its standard input; here it is written as sh has it, which {_shell} may not understand.");
        var (argv, mayRun) = OtherUser.Command(user, [_shell, "-c", command.WithInput()], job, place);
        var environment = EnvironmentOf(user ?? LocalUser.Name);
        job.Texts("command", argv).Text("workdir", environment.GetValueOrDefault("HOME")).Map("env", environment);
        return mayRun;
    }

    // What cron itself sets, and over it what the crontab does.
    private SortedDictionary<string, string> EnvironmentOf(string user)
    {
        var environment = new SortedDictionary<string, string>(_environment, StringComparer.Ordinal);
        environment["LOGNAME"] = user;
        environment["SHELL"] = _shell;
        environment.TryAdd("PATH", UsualPath);
        if (LocalUser.HomeOf(user) is { } home)
            environment.TryAdd("HOME", home);
        return environment;
    }

    private static string Unquoted(string text) => text is ['"', .., '"'] or ['\'', .., '\''] && text.Length > 1 ? text[1..^1] : text;

    /// <summary>A variable.</summary>
    [GeneratedRegex("""^(?<name>"[^"]+"|'[^']+'|[A-Za-z_]\w*)\s*=(?<value>.*)$""", RegexOptions.Singleline)]
    internal static partial Regex Setting();

    // The line that `crontab -e` puts above an empty crontab.
    [GeneratedRegex(@"^m(in\w*)?\s+h(our)?\s+d")]
    private static partial Regex Heading();

    /// <summary>A line of a user's crontab.</summary>
    [GeneratedRegex(@"^(?<when>@\w+|[^\s@]\S*(?:\s+\S+){4})\s+(?<command>\S.*)$", RegexOptions.Singleline)]
    internal static partial Regex Line();

    /// <summary>A line of the system's crontab.</summary>
    [GeneratedRegex(@"^(?<when>@\w+|[^\s@#]\S*(?:\s+\S+){4})\s+(?<user>\S+)\s+(?<command>\S.*)$", RegexOptions.Singleline)]
    internal static partial Regex SystemLine();
}
