using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>
/// systemd, running beside this machine's own processes (tests/images/systemd), with this machine's /usr and aios in /opt/aios.
/// </summary>
internal sealed class SystemdMachine : IDisposable
{
    private const string AdasRuntime = "/run/user/12345";
    private static readonly string[] Namespaces = ["-m", "-p", "-u", "-i", "-C", "-r", "-w"];
    private readonly string _folder = Directory.CreateTempSubdirectory("aios-systemd-").FullName;
    private readonly Process _process;
    private readonly string _pid;

    public SystemdMachine()
    {
        var aios = Path.GetDirectoryName(Path.GetFullPath(AiosProcess.Executable))!;
        _process = Process.Start(
            new ProcessStartInfo(Path.Combine(Docs.Documents.Root, "tests", "images", "systemd"), [_folder, $"{aios}:/opt/aios"])
        )!;
        WaitFor(
            () => File.Exists(Path.Combine(_folder, "pid")) && File.ReadAllText(Path.Combine(_folder, "pid")).EndsWith('\n'),
            "it has started"
        );
        _pid = File.ReadAllText(Path.Combine(_folder, "pid")).Trim();
        WaitFor(() => Do("systemctl", "is-system-running").Out.Trim() is "running" or "degraded", "it has booted");
    }

    /// <summary>What is missing for it, in words; null if nothing.</summary>
    public static string? WhatIsMissing() =>
        Needs.Succeeds("unshare", "--mount", "--pid", "--cgroup", "--fork", "true") && File.Exists("/lib/systemd/systemd")
            ? null
            : "systemd cannot be started (needs root, and apt-get install systemd)";

    /// <summary>A path of the machine, as it is called from here.</summary>
    public string At(string path) => Path.Combine(_folder, "root", path.TrimStart('/'));

    /// <summary>Does a command in it, as root.</summary>
    public CliResult Do(string program, params string[] arguments) => Enter([program, .. arguments]);

    /// <summary>Gives Ada what a login would give her: a systemd of her own.</summary>
    public void StartUserManager()
    {
        Do("install", "-d", "-m", "700", "-o", "ada", "-g", "ada", AdasRuntime).Exits(0);
        // As user@.service does it, but for PAM, which has nobody to ask here.
        Do(
                "systemd-run",
                "--quiet",
                "--unit=adas-manager",
                "--uid=ada",
                "--gid=ada",
                "--property=Type=notify",
                "--property=Delegate=yes",
                $"--setenv=XDG_RUNTIME_DIR={AdasRuntime}",
                "--setenv=HOME=/home/ada",
                "--setenv=DOTNET_ROOT=/usr/share/dotnet",
                "/lib/systemd/systemd",
                "--user"
            )
            .Exits(0);
    }

    /// <summary>Does a command in it, as Ada in a login of hers.</summary>
    public CliResult DoAsAda(string program, params string[] arguments) =>
        Enter([
            "setpriv",
            "--reuid=ada",
            "--regid=ada",
            "--clear-groups",
            "env",
            $"XDG_RUNTIME_DIR={AdasRuntime}",
            "HOME=/home/ada",
            "USER=ada",
            program,
            .. arguments,
        ]);

    private CliResult Enter(string[] command)
    {
        var start = new ProcessStartInfo(
            "nsenter",
            ["-t", _pid, .. Namespaces, "env", "-i", "PATH=/usr/bin:/usr/sbin", "DOTNET_ROOT=/usr/share/dotnet", .. command]
        );
        return CliResult.Of(start, TimeSpan.FromMinutes(3));
    }

    /// <summary>Waits for a condition.</summary>
    public static void WaitFor(Func<bool> condition, string what)
    {
        var met = SpinWait.SpinUntil(
            () =>
            {
                if (condition())
                    return true;
                Thread.Sleep(50);
                return false;
            },
            TimeSpan.FromSeconds(120)
        );
        Assert.True(met, $"After 120 s still not true: {what}.");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AiosProcess.Send(_process.Id, AiosProcess.Term);
        if (!_process.WaitForExit(60_000))
            _process.Kill();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
