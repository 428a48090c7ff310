using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;
using Aios.Tests.Support;

namespace Aios.Tests.Docs;

/// <summary>Each command on the pages about installing and moving is one that works, or that another test carries out.</summary>
public sealed partial class InstallPagesTests
{
    // What is done elsewhere: the script, the package and the release in ReleaseTests, the service in SystemdTests.
    private static readonly string[] Elsewhere =
    [
        "sh install.sh --from RELEASE", "sudo apt install ./aios_VERSION_amd64.deb", "sudo -u aios aios init /var/lib/aios", "sudo systemctl enable --now aios",
        "sudo apt install libsqlite3-dev zlib1g-dev gcc", "dotnet publish -c Release -o out", "release/build out/release",
        "aios service install", "aios service status", "aios service uninstall",
    ];

    private const string Crontab = "17 * * * * root cd / && run-parts --report /etc/cron.hourly\n";
    private const string Supervisord = "[program:web]\ncommand=/usr/bin/web --port 80\n";
    private const string Ecosystem = "module.exports = { apps: [{ name: 'api', script: '/bin/api' }] };";

    [RequiresTheory(Need.Node)]
    [InlineData("docs/install.md")]
    [InlineData("docs/moving-to-aios.md")]
    public void Each_command_works(string page)
    {
        var commands = Documents.Blocks(page, "sh").SelectMany(block => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Except(Elsewhere).ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Do(command));
    }

    private static void Do(string command)
    {
        using var home = new AiosHome("[{name: a, type: daily, time: '09:00', command: ['true']}]");
        var folder = home.Folder;
        File.WriteAllText(home.In("ecosystem.config.js"), Ecosystem);
        if (command.Contains("original", StringComparison.Ordinal))
        {
            using var sql = new Sql(home.Database);
            sql.Do("CREATE TABLE scheduled_jobs (name TEXT, file TEXT, function TEXT, type TEXT)");
            sql.Do("INSERT INTO scheduled_jobs VALUES ('o', 'o.py', 'main', 'trigger')");
        }

        // The files of the other systems are made for the test, in the place of this machine's own.
        File.WriteAllText(home.In("etc.crontab"), Crontab);
        File.WriteAllText(home.In("etc.supervisor.supervisord.conf"), Supervisord);
        var said = Own().Replace(command, match => home.In(match.Value.TrimStart('/').Replace('/', '.')));
        if (said == "aios init --from crontab") said = "PATH=\"$PWD/bin:$PATH\"; " + said;
        Directory.CreateDirectory(home.In("bin"));
        File.WriteAllText(home.In("bin", "crontab"), "#!/bin/sh\n[ \"$1\" = -l ] && echo '0 5 * * * /usr/local/bin/backup'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(home.In("bin", "crontab"), (UnixFileMode)0b111_101_101);

        var start = AiosProcess.StartInfo(folder, []);
        (start.FileName, start.Environment["AIOS"]) = ("sh", AiosProcess.Executable);
        foreach (var argument in (string[])["-c", $"aios() {{ \"$AIOS\" \"$@\"; }}; {said}"]) start.ArgumentList.Add(argument);
        var answer = CliResult.Of(start);
        Assert.True(answer.Status == 0, $"{command}\n{answer.Out}\n{answer.Error}");
        if (command.Contains("--from", StringComparison.Ordinal)) Assert.Contains(": 1 job taken over from ", answer.Out, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/etc/[\w/.]+")]
    private static partial Regex Own();
}
