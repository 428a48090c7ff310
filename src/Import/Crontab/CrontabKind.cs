using System.Text.RegularExpressions;
using Aios.Platform;

namespace Aios.Import;

/// <summary>Whether a crontab is the system's, in which each line has a user before its command.</summary>
internal static partial class CrontabKind
{
    // Those that Debian and Red Hat make, whoever else a machine has.
    private static readonly HashSet<string> UsersOfSystems = new(StringComparer.Ordinal)
    {
        "root",
        "daemon",
        "bin",
        "sys",
        "games",
        "man",
        "lp",
        "mail",
        "news",
        "uucp",
        "proxy",
        "www-data",
        "backup",
        "list",
        "nobody",
        "systemd-network",
        "messagebus",
        "sshd",
        "postgres",
        "mysql",
        "redis",
        "nginx",
        "apache",
        "git",
        "logcheck",
        "munin",
        "smmsp",
        "amavis",
        "debian-spamd",
        "clamav",
        "mailman",
        "ntp",
        "postfix",
        "ubuntu",
        "debian",
        "ec2-user",
        "vagrant",
        "deploy",
    };

    /// <summary>By its place, by its heading, else by what its lines look like.</summary>
    public static bool IsOfSystem(string path, string text)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(full));
        if (full == "/etc/crontab" || folder == "cron.d")
            return true;
        if (folder is "crontabs" or "cron" && full.StartsWith("/var/spool/", StringComparison.Ordinal))
            return false;
        return text.Split('\n').Select(line => Heading().Match(line)).FirstOrDefault(match => match.Success) is { } heading
            ? heading.Groups["user"].Success
            : LooksSo([.. text.Split('\n').Select(line => line.TrimStart()).Where(IsOfJob)]);
    }

    private static bool IsOfJob(string line) =>
        !line.StartsWith('#') && !CrontabReader.Setting().IsMatch(line) && CrontabReader.Line().IsMatch(line);

    private static bool LooksSo(List<string> lines)
    {
        var words = lines.ConvertAll(line => FirstWord(CrontabReader.Line().Match(line).Groups["command"].Value));
        // A name that is a user and a program says nothing; one slip among the lines does not outvote the others.
        var matches = lines.ConvertAll(line => CrontabReader.SystemLine().Match(line));
        var (forIt, against) = (
            words.Where((word, i) => matches[i].Success && IsUser(word) && !IsProgram(word)).Count(),
            words.Count(word => !IsUser(word) && (IsProgram(word) || !UserName().IsMatch(word)))
        );
        if (forIt > 0)
            return forIt > against;
        if (against > 0 || matches.Count == 0 || matches.Exists(match => !match.Success))
            return false;
        return words.TrueForAll(IsUser)
            || (!words.Exists(IsProgram) && matches.TrueForAll(match => IsProgram(FirstWord(match.Groups["command"].Value))));
    }

    // FreeBSD writes a group or a login class behind the user.
    private static bool IsUser(string word) =>
        word.Split(':', '/')[0] is { Length: > 0 } name && (UsersOfSystems.Contains(name) || LocalUser.HomeOf(name) is not null);

    private static string FirstWord(string command) => command.Split([' ', '\t', ';'], 2)[0];

    private static bool IsProgram(string word) =>
        word.StartsWith('/')
            ? File.Exists(word)
            : word is "cd" or "[" or "test"
                || "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                    .Split(':')
                    .Any(folder => File.Exists(Path.Combine(folder, word)));

    [GeneratedRegex(@"^#.*\bdow\s+(?:(?<user>user(?:-?name)?)\s+)?command", RegexOptions.IgnoreCase)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[a-z_][a-z0-9_.-]{0,31}\$?$")]
    private static partial Regex UserName();
}
