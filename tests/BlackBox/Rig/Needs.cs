using System.Diagnostics;
using Aios.Platform;
using Aios.Tests.Running.Containers;

namespace Aios.Tests.BlackBox;

/// <summary>Looks for what tests need. With <c>AIOS_TESTS_NO_SKIP=1</c> a missing thing fails the test instead of skipping it.</summary>
internal static class Needs
{
    private static readonly Dictionary<Need, Lazy<string?>> Missing = new()
    {
        [Need.Python] = new(() => Succeeds("python3", "-c", "import sqlite3") ? null : "python3 is not installed"),
        [Need.Faketime] = new(() => ShiftedClock.Library is null ? "faketime is not installed (apt-get install faketime)" : null),
        [Need.Docker] = new(() => TestEngine.WhatIsMissing() ?? Docker.WhatIsMissing()),
        [Need.Compose] = new(() =>
            Succeeds("docker-compose", "version") ? null : "docker-compose is not installed (apt-get install docker-compose)"
        ),
        [Need.OwnEngine] = new(OwnEngine.WhatIsMissing),
        [Need.Mount] = new(() => CanMount() ? null : "a tmpfs cannot be mounted (needs root)"),
        [Need.Immutable] = new(() =>
            CanMakeImmutable() ? null : "a folder cannot be made immutable (needs root and a file system with chattr +i)"
        ),
        [Need.SqliteShell] = new(() => Succeeds("sqlite3", "--version") ? null : "sqlite3 is not installed (apt-get install sqlite3)"),
        [Need.Bash] = new(() => Succeeds("bash", "--version") ? null : "bash is not installed"),
        [Need.Zsh] = new(() => Succeeds("zsh", "--version") ? null : "zsh is not installed (apt-get install zsh)"),
        [Need.Fish] = new(() => Succeeds("fish", "--version") ? null : "fish is not installed (apt-get install fish)"),
        [Need.Groff] = new(() => Succeeds("groff", "--version") ? null : "groff is not installed (apt-get install groff-base)"),
        [Need.Strace] = new(() => Succeeds("strace", "-o", "/dev/null", "true") ? null : "nothing can be traced (apt-get install strace)"),
        [Need.Prometheus] = new(() =>
            Succeeds("promtool", "--version") && Succeeds("prometheus", "--version")
                ? null
                : "prometheus is not installed (apt-get install prometheus)"
        ),
        [Need.Node] = new(() => Succeeds("node", "--version") ? null : "node is not installed (apt-get install nodejs)"),
        [Need.SystemdAnalyze] = new(() =>
            Succeeds("systemd-analyze", "--version") ? null : "systemd-analyze is not installed (apt-get install systemd)"
        ),
        [Need.SystemdItself] = new(SystemdMachine.WhatIsMissing),
        [Need.Published] = new(() =>
            File.Exists(Path.ChangeExtension(AiosProcess.Executable, ".dll")) || File.Exists(AiosProcess.Executable + ".dll")
                ? "AIOS_EXE names no published executable"
                : null
        ),
        [Need.Chroot] = new(DebianRoot.WhatIsMissing),
        [Need.Curl] = new(() => Succeeds("curl", "--version") ? null : "curl is not installed (apt-get install curl)"),
        [Need.NoSystemd] = new(() => Directory.Exists("/run/systemd/system") ? "systemd runs this machine" : null),
        [Need.Debian] = new(() =>
            Succeeds("dpkg-deb", "--version") && Succeeds("lintian", "--version")
                ? null
                : "dpkg-deb or lintian is not installed (apt-get install lintian)"
        ),
        [Need.CrossCompiler] = new(() =>
            Succeeds("aarch64-linux-gnu-gcc", "--version")
            && Succeeds("qemu-aarch64-static", "--version")
            && File.Exists("/usr/aarch64-linux-gnu/lib/libc.so.6")
                ? null
                : "arm64 cannot be built and run here (apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static)"
        ),
        [Need.Supervisord] = new(() =>
            Succeeds("supervisord", "--version") ? null : "supervisord is not installed (apt-get install supervisor)"
        ),
        [Need.Cron] = new(() => File.Exists("/usr/sbin/cron") ? null : "cron is not installed (apt-get install cron)"),
        [Need.Pm2] = new(() => File.Exists(Pm2) ? null : "AIOS_TESTS_PM2 names no pm2 (npm install pm2@7, and node_modules/.bin/pm2)"),
        [Need.ModelClients] = new(() =>
            !Succeeds("node", "--version") ? "node is not installed (apt-get install nodejs)"
            : Directory.Exists(Npm + "/node_modules/openai") ? null
            : "AIOS_TESTS_NPM names no folder with the clients of model vendors (npm install as .ci/run does)"
        ),
        [Need.Namespace] = new(() =>
            Succeeds("unshare", OwnNetwork, "ip", "link", "add", "far0", "type", "veth", "peer", "name", "far1")
                ? null
                : "no network of one's own can be made (needs root or user namespaces, util-linux and iproute2)"
        ),
        [Need.Root] = new(() => LocalUser.Number == 0 ? null : "needs root"),
        [Need.Browser] = new(() =>
            Succeeds(WebConsole.Browser.Executable, "--version") ? null : "chromium is not installed (apt-get install chromium)"
        ),
        [Need.OtherUser] = new(() =>
            Succeeds("su", "nobody", "-s", "/bin/sh", "-c", "curl --version")
                ? null
                : "nothing can be run as another user (needs root, su and curl)"
        ),
    };

    /// <summary>The program of PM2; empty where there is none.</summary>
    public static string Pm2 { get; } = Environment.GetEnvironmentVariable("AIOS_TESTS_PM2") ?? "";

    /// <summary>The folder of the clients of model vendors; empty where there is none.</summary>
    public static string Npm { get; } = Environment.GetEnvironmentVariable("AIOS_TESTS_NPM") ?? "";

    /// <summary>The option of <c>unshare</c> for a network and mounts of one's own.</summary>
    public static string OwnNetwork => LocalUser.Number == 0 ? "-nm" : "-rnm";

    /// <summary>Whether a missing thing is a failure.</summary>
    public static bool NothingIsSkipped { get; } = Environment.GetEnvironmentVariable("AIOS_TESTS_NO_SKIP") == "1";

    /// <summary>Whether there is time for the long form of a test.</summary>
    public static bool Long { get; } = Environment.GetEnvironmentVariable("AIOS_TESTS_LONG") == "1";

    /// <summary>What is missing, in words; null if all is there.</summary>
    public static string? WhatIsMissing(Need need)
    {
        if (!OperatingSystem.IsLinux())
            return "needs Linux";
        var missing = Missing.Where(pair => need.HasFlag(pair.Key)).Select(pair => pair.Value.Value).OfType<string>().ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }

    /// <summary>Mounts a tmpfs of that size; null if that is not allowed.</summary>
    public static bool Mount(string folder, string size) => Succeeds("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);

    /// <summary>Takes it away, also while something in it is still open.</summary>
    public static void Unmount(string folder) => Succeeds("umount", "-l", folder);

    /// <summary>Makes a folder refuse new files, from root too, or accept them again; false if that is not allowed.</summary>
    public static bool Immutable(string folder, bool immutable) => Succeeds("chattr", immutable ? "+i" : "-i", folder);

    private static bool CanMakeImmutable()
    {
        var folder = Directory.CreateTempSubdirectory("aios-immutable-").FullName;
        var can = Immutable(folder, immutable: true);
        if (can)
            Immutable(folder, immutable: false);
        Directory.Delete(folder);
        return can;
    }

    private static bool CanMount()
    {
        var folder = Directory.CreateTempSubdirectory("aios-mount-").FullName;
        var mounted = Mount(folder, "64k");
        if (mounted)
            Unmount(folder);
        Directory.Delete(folder);
        return mounted;
    }

    /// <summary>Runs a command to its end; whether it exists and ends with status 0.</summary>
    public static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            if (process.WaitForExit(20_000))
                return process.ExitCode == 0;
            process.Kill();
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
