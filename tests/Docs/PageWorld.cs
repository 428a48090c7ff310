using System.Diagnostics;
using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

/// <summary>
/// What the pages take for granted: a home with the jobs that they speak of, in which a daemon works, and places that are
/// the test's own instead of this machine's.
/// </summary>
public sealed partial class PageWorld : IDisposable
{
    private const string Jobs = """
        - {name: web, type: always, command: [sh, -c, "echo serving; exec sleep 1000"]}
        - {name: machine_watch, type: interval, interval: 60s, file: machine_watch.py, function: watch}
        - {name: llm_processor, type: trigger, file: llm_processor.py, function: process}
        - {name: backup, type: trigger, file: backup.sh, args: [Programs], notify: [{command: ["true"]}]}
        - {name: report, type: trigger, command: [echo, reported]}
        """;

    private readonly TemporaryFolder _root = new("aios-pages-");
    private readonly AiosHome _home;
    private int _folders;

    /// <summary>Starts the daemon, and waits until something has run.</summary>
    public PageWorld()
    {
        foreach (var folder in (string[])["bin", "outputs", "etc/prometheus", "etc/supervisor", "srv/aios", "srv/backup", "srv/other/Jobs"])
            Directory.CreateDirectory(_root.File(folder));
        WriteProgram("aios", $"#!/bin/sh\nexec '{AiosProcess.Executable}' \"$@\"\n");
        // An answer that is a refusal is a failure.
        WriteProgram("curl", "#!/bin/sh\nPATH=${PATH#*:}\nexec curl --silent --show-error --fail-with-body \"$@\"\n");
        WriteProgram("crontab", "#!/bin/sh\n[ \"$1\" = -l ] && echo '0 5 * * * /usr/local/bin/backup'\n");
        File.WriteAllText(_root.File("etc/crontab"), "17 * * * * root cd / && run-parts --report /etc/cron.hourly\n");
        File.WriteAllText(_root.File("etc/supervisor/supervisord.conf"), "[program:web]\ncommand=/usr/bin/web --port 80\n");
        File.WriteAllText(_root.File("srv/other/Jobs/jobs.yaml"), "[]");

        _home = new AiosHome(Jobs, Directory.CreateDirectory(_root.File("home")).FullName);
        foreach (var program in Directory.EnumerateFiles(Path.Combine(Documents.Root, "Programs")))
            File.Copy(program, _home.In("Programs", Path.GetFileName(program)));
        var daemon = _home.Start("--listen", "127.0.0.1:0");
        Api = ApiClient.Of(daemon);
        Assert.Equal("succeeded", _home.Closed(_home.Insert("report")).Status);
    }

    /// <summary>The API of the daemon.</summary>
    internal ApiClient Api { get; }

    /// <summary>A terminal in the home.</summary>
    internal PageShell Shell() =>
        new(
            _home.Folder,
            _root.File("outputs"),
            [
                ("PATH", $"{_root.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}"),
                ("HOME", _root.Path),
                ("AIOS_LISTEN", "127.0.0.1:0"),
                ("DISPLAY", ""),
                ("WAYLAND_DISPLAY", ""),
            ]
        );

    /// <summary>What is typed in place of what stands on the page: this machine's own places and ports are left alone.</summary>
    internal string Typed(string command, PageShell shell)
    {
        var text = OwnPlace().Replace(command, match => _root.File(match.Value[1..]));
        text = text.Replace("0.0.0.0:2467", "0.0.0.0:0", StringComparison.Ordinal)
            .Replace("127.0.0.1:2467", AddressIn(shell), StringComparison.Ordinal);
        text = NumberToStop().Replace(text, _ => RunIn(shell, "ended IS NULL AND job_name = 'web'"));
        return NumberOfRun().Replace(text, _ => RunIn(shell, "ended IS NOT NULL"));
    }

    /// <summary>What was said, with the places and names that the pages have.</summary>
    internal string AsOnPages(string said, PageShell shell)
    {
        var text = WebPort().Replace(said.Replace(AddressIn(shell), "127.0.0.1:2467", StringComparison.Ordinal), "127.0.0.1:8765");
        text = OwnFolder().Replace(text.Replace(_root.Path, "", StringComparison.Ordinal), "/home/ada");
        return Regex.Replace(text, $@"\b{Regex.Escape(Environment.MachineName)}\b", "laptop");
    }

    /// <summary>A new folder, as one finds it who has a set-up of another system, for what makes a home.</summary>
    internal string NewFolder()
    {
        var folder = Directory.CreateDirectory(_root.File($"folder{++_folders}")).FullName;
        File.WriteAllText(Path.Combine(folder, "ecosystem.config.js"), "module.exports = { apps: [{ name: 'api', script: '/bin/api' }] };");
        using var sql = new Sql(Path.Combine(folder, "orchestrator.db"));
        sql.Do("CREATE TABLE scheduled_jobs (name TEXT, file TEXT, function TEXT, type TEXT)");
        sql.Do("INSERT INTO scheduled_jobs VALUES ('o', 'o.py', 'main', 'trigger')");
        return folder;
    }

    /// <summary>A home of its own, in which no daemon works, and the backup that the pages speak of.</summary>
    internal string NewRestingHome()
    {
        var folder = Directory.CreateDirectory(_root.File($"folder{++_folders}")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "Jobs"));
        File.WriteAllText(Path.Combine(folder, "Jobs", "jobs.yaml"), "[]");
        CliResult.Of(folder, ["run", "--until-idle"]).Exits(0);
        var backup = _root.File("srv/backup/orchestrator-2026-11-21.db");
        if (!File.Exists(backup))
            CliResult.Of(folder, ["backup", backup]).Exits(0);
        return folder;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Api.Dispose();
        _home.Dispose();
        // After a test that failed, whatever was started in it.
        var longest = Stopwatch.StartNew();
        while (Processes.Carrying(_root.Path) is { Count: > 0 } left && longest.Elapsed < TimeSpan.FromSeconds(10))
        {
            foreach (var pid in left)
                AiosProcess.Send(pid, AiosProcess.Kill9);
            Thread.Sleep(5);
        }

        _root.Dispose();
    }

    // The page's own daemon, once it has one.
    private string AddressIn(PageShell shell) =>
        shell
            .GoingOn.Where(one => one.Command.IsDaemon)
            .Select(one => Served().Match(one.Output))
            .FirstOrDefault(match => match.Success)
            ?.Groups["address"]
            .Value
        ?? Api.Address.Authority;

    private string RunIn(PageShell shell, string which)
    {
        var number = "";
        using var sql = new Sql(Path.Combine(shell.Folder, "orchestrator.db"));
        _home.WaitFor(
            () => (number = sql.Scalar<string>($"SELECT CAST(max(id) AS TEXT) FROM runs WHERE {which}") ?? "").Length > 0,
            $"there is a run whose {which}"
        );
        return number;
    }

    private void WriteProgram(string name, string text)
    {
        var path = _root.File(Path.Combine("bin", name));
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    [GeneratedRegex(@"(?<![\w./$}])/(?:etc|srv)/")]
    private static partial Regex OwnPlace();

    [GeneratedRegex(@"(?<=^aios (?:stop|restart) )\d+")]
    private static partial Regex NumberToStop();

    [GeneratedRegex(@"(?<=^aios logs |/runs/)\d+")]
    private static partial Regex NumberOfRun();

    [GeneratedRegex(@"The API is at http://(?<address>127\.0\.0\.1:\d+)\.")]
    private static partial Regex Served();

    [GeneratedRegex(@"127\.0\.0\.1:(?!2467\b)\d+")]
    private static partial Regex WebPort();

    [GeneratedRegex(@"/folder\d+")]
    private static partial Regex OwnFolder();
}
