using System.Text.RegularExpressions;
using Aios.Platform;
using Aios.Scheduling;

namespace Aios.Import;

/// <summary>One crontab, line by line: what a line sets holds for those below it.</summary>
internal sealed partial class CrontabReader(string fileName, bool hasUsers, NameMaker names)
{
    private static readonly HashSet<string> ShellsLikeSh = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "busybox" };
    private readonly SortedDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<string> _comments = [];
    private string _shell = "/bin/sh";
    private string? _zone;
    private string? _mailTo;

    /// <summary>In the order of the lines.</summary>
    public List<ImportedJob> Jobs { get; } = [];

    /// <summary>What belongs to no job.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Whether each line with a command has a user of this machine before it, as in /etc/crontab.</summary>
    public static bool LooksLikeSystem(string text)
    {
        var users = text.Split('\n').Select(line => SystemLine().Match(line.TrimStart())).Where(match => match.Success).Select(match => match.Groups["user"].Value).ToList();
        var commands = text.Split('\n').Count(line => Line().IsMatch(line.TrimStart()) && !line.TrimStart().StartsWith('#') && !Setting().IsMatch(line.TrimStart()));
        return users.Count > 0 && users.Count == commands && users.All(user => LocalUser.HomeOf(user) is not null);
    }

    /// <summary>Reads it.</summary>
    public void Read(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++) ReadLine(lines[i].TrimStart(), $"{fileName}:{i + 1}");
    }

    private void ReadLine(string line, string place)
    {
        if (line.Length == 0) _comments.Clear();
        else if (line[0] == '#') ReadComment(line.TrimStart('#').Trim(), place);
        else if (Setting().Match(line) is { Success: true } setting) Set(Unquoted(setting.Groups["name"].Value), Unquoted(setting.Groups["value"].Value.Trim()), place);
        else if ((hasUsers ? SystemLine() : Line()).Match(line) is { Success: true } match) AddJob(match, place);
        else Notes.Add(new ImportNote(place, $"not understood, and not taken over: {line}"));
    }

    private void ReadComment(string comment, string place)
    {
        if (Line().IsMatch(comment) && CronExpression.TryParse(Line().Match(comment).Groups["when"].Value, out _)) Notes.Add(new ImportNote(place, $"switched off there, and not taken over: {comment}"));
        else if (comment.Length == 0 || Heading().IsMatch(comment)) _comments.Clear();
        else _comments.Add(comment);
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
                if (value.Length > 0) Notes.Add(new ImportNote(place, MailWords(value)));
                break;
            case "MAILFROM" or "CONTENT_TYPE" or "CONTENT_TRANSFER_ENCODING" or "RANDOM_DELAY":
                Notes.Add(new ImportNote(place, $"{name} means nothing here."));
                break;
            default:
                _environment[name] = value;
                break;
        }
    }

    private static string MailWords(string to) => IsAddress(to)
        ? $"MAILTO: what jobs print is not mailed to {to}, but kept. Instead `notify` tells {to} when one of the jobs below fails and when it is well again; that needs `smtp` in aios.yaml (docs/notices.md)."
        : $"MAILTO: what jobs print is not mailed to {to}, but kept. `notify` can tell an address of failures (docs/notices.md).";

    private static bool IsAddress(string to) => to.Contains('@', StringComparison.Ordinal) && !to.Contains(',', StringComparison.Ordinal);

    private void AddJob(Match line, string place)
    {
        var command = CronCommand.Parse(line.Groups["command"].Value);
        var job = new ImportedJob();
        job.Text("name", names.FromScript(command.Script));
        AddSchedule(job, line.Groups["when"].Value, place);
        job.Text("description", string.Join(' ', _comments));
        _comments.Clear();
        AddCommand(job, command, line.Groups["user"] is { Success: true } user ? user.Value : null, place);
        if (_mailTo is not null && IsAddress(_mailTo)) job.Yaml("notify", $"[{{email: {YamlText.Scalar(_mailTo)}}}]");
        Jobs.Add(job);
    }

    private void AddSchedule(ImportedJob job, string when, string place)
    {
        if (when == "@reboot")
        {
            job.Text("type", "trigger").Note(place, "@reboot: nothing runs just because AIOS starts. It runs when it is asked to (`aios trigger`); if it is to be kept running, write type: always.");
            return;
        }

        var expression = string.Join(' ', when.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        job.Text("type", "cron").Yaml("cron", $"\"{expression.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        if (!CronExpression.TryParse(expression, out _)) job.Note(place, $"\"{expression}\" is no schedule that AIOS knows; complete it by hand.");
        if (_zone is not null) job.Text("timezone", _zone);
    }

    private void AddCommand(ImportedJob job, CronCommand command, string? user, string place)
    {
        if (command.Input is not null && !ShellsLikeSh.Contains(Path.GetFileName(_shell))) job.Note(place, $"what follows % was its standard input; here it is written as sh has it, which {_shell} may not understand.");
        var (argv, mayRun) = OtherUser.Command(user, [_shell, "-c", $"cd; {command.WithInput()}"], job, place);
        job.Texts("command", argv).Map("env", EnvironmentOf(user));
        if (!mayRun) job.Flag("enabled", false);
    }

    private SortedDictionary<string, string> EnvironmentOf(string? user)
    {
        var environment = new SortedDictionary<string, string>(_environment, StringComparer.Ordinal);
        if (user is not null && user != LocalUser.Name && LocalUser.HomeOf(user) is { } home) environment.TryAdd("HOME", home);
        return environment;
    }

    private static string Unquoted(string text) => text is ['"', .., '"'] or ['\'', .., '\''] && text.Length > 1 ? text[1..^1] : text;

    [GeneratedRegex("""^(?<name>"[^"]+"|'[^']+'|[A-Za-z_]\w*)\s*=(?<value>.*)$""", RegexOptions.Singleline)]
    private static partial Regex Setting();

    // The line that `crontab -e` puts above an empty crontab.
    [GeneratedRegex(@"^m(in\w*)?\s+h(our)?\s+d")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<when>@\w+|[^\s@]\S*(?:\s+\S+){4})\s+(?<command>\S.*)$", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<when>@\w+|[^\s@#]\S*(?:\s+\S+){4})\s+(?<user>[A-Za-z_][\w-]*\$?)\s+(?<command>\S.*)$", RegexOptions.Singleline)]
    private static partial Regex SystemLine();
}
