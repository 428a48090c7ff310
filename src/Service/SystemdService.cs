using System.Globalization;
using Aios.Platform;

namespace Aios.Service;

/// <summary>AIOS as a service of systemd. Doing a thing twice is the same as doing it once.</summary>
/// <param name="scope">Whose.</param>
/// <param name="name">Its name, without the ending.</param>
internal sealed class SystemdService(ServiceScope scope, string name)
{
    private readonly Systemctl _systemctl = new(scope);

    /// <summary>Its name as systemd has it.</summary>
    public string Unit => $"{name}.service";

    /// <summary>Where its unit is.</summary>
    public string File => Path.Combine(Folder, Unit);

    /// <summary>Null if systemd runs this machine; else what does, and what to do about it.</summary>
    public static string? WhyNot() =>
        Systemctl.RunsHere
            ? null
            : $"systemd does not run this machine (process 1 is {Systemctl.FirstProcess}), so nothing was changed. Have `aios run --home "
                + $"FOLDER` started by what starts things here (a container's command, OpenRC, runit, or a crontab line with @reboot); "
                + $"--print shows what would be written for systemd.";

    /// <summary>Writes the unit and starts it; told each step.</summary>
    /// <exception cref="ServiceException">systemd refused, or somebody else's unit is in the way.</exception>
    public void Install(ServiceUnit unit, Action<string> say)
    {
        RequireManager();
        var isNew = Write(unit.ToString(), say);
        if (isNew)
            _systemctl.Do("daemon-reload");
        _systemctl.Do("enable", "--quiet", Unit);
        var wasActive = State().IsActive;
        if (wasActive && !isNew)
        {
            say($"{Unit} runs as it should already.");
            return;
        }

        if (_systemctl.Ask(wasActive ? "restart" : "start", Unit) is { Status: not 0 } failed)
            throw new ServiceException($"{Unit} did not start: {failed.Error.Trim()}\n{_systemctl.Journal(Unit)}".TrimEnd());
        say($"{(wasActive ? "Restarted" : "Started")} {Unit}: {State().Words}");
        if (scope == ServiceScope.User && !Systemctl.Linger())
            say(
                "It ends when you log out, because lingering is not enabled for you. An administrator can enable it with `loginctl "
                    + "enable-linger "
                    + Environment.UserName
                    + "`."
            );
    }

    /// <summary>Stops it and takes it away; told each step.</summary>
    /// <exception cref="ServiceException">systemd refused, or the unit is somebody else's.</exception>
    public void Uninstall(Action<string> say)
    {
        if (!System.IO.File.Exists(File))
        {
            say($"There is no {File}, so there is nothing to take away.");
            return;
        }

        RequireOurs();
        RequireManager();
        _systemctl.Do("disable", "--now", "--quiet", Unit);
        System.IO.File.Delete(File);
        _systemctl.Do("daemon-reload");
        // Forgets that it failed; there is nothing to forget if it has not.
        _systemctl.Ask("reset-failed", Unit);
        say($"Stopped {Unit} and removed {File}.");
    }

    /// <summary>How it does.</summary>
    public ServiceState State()
    {
        RequireManager();
        var (status, output, error) = _systemctl.Ask("show", Unit, "--property=ActiveState,UnitFileState,MainPID,StatusText");
        if (status != 0)
            throw new ServiceException($"systemctl show {Unit} failed: {error.Trim()}");
        var values = output
            .Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1]);
        int? process = int.TryParse(values.GetValueOrDefault("MainPID"), CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid : null;
        return new ServiceState(
            Unit,
            File,
            System.IO.File.Exists(File),
            values.GetValueOrDefault("ActiveState") ?? "unknown",
            values.GetValueOrDefault("UnitFileState") == "enabled",
            process,
            values.GetValueOrDefault("StatusText") ?? ""
        );
    }

    private string Folder =>
        scope == ServiceScope.System
            ? "/etc/systemd/system"
            : Path.Combine(
                Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder
                    ? folder
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
                "systemd",
                "user"
            );

    private bool Write(string text, Action<string> say)
    {
        if (System.IO.File.Exists(File))
        {
            RequireOurs();
            if (System.IO.File.ReadAllText(File) == text)
                return false;
        }

        OwnFile.MakeFolder(Folder);
        OwnFile.Replace(File, text, OwnFile.Readable);
        say($"Wrote {File}");
        return true;
    }

    // A user's systemd lives from their login on, and su and sudo make none.
    private void RequireManager()
    {
        if (scope == ServiceScope.System || _systemctl.Ask("show", "--property=Version") is not { Status: not 0 } refused)
            return;
        throw new ServiceException(
            $"the systemd of user {Environment.UserName} cannot be reached ({refused.Error.Trim()}), so nothing was changed. su and sudo "
                + $"start none: log in as {Environment.UserName}, or have the service run for the whole machine with `sudo aios "
                + $"service install`."
        );
    }

    private void RequireOurs()
    {
        if (System.IO.File.ReadAllText(File).StartsWith(ServiceUnit.Mark, StringComparison.Ordinal))
            return;
        throw new ServiceException(
            $"{File} was not written by aios, and is left alone. Give this service another name with --name, or move that file away."
        );
    }
}
