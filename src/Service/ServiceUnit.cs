using System.Globalization;
using System.Text;

namespace Aios.Service;

/// <summary>A unit of systemd that keeps a daemon running, and holds what it runs in no more than jobs can bear.</summary>
/// <param name="Scope">Whose service it is.</param>
/// <param name="Executable">The absolute path of aios.</param>
/// <param name="Home">The absolute path of the home.</param>
/// <param name="Database">The absolute path of the database; null for that in the home.</param>
/// <param name="User">The user as whom the machine's service runs; null for root.</param>
/// <param name="StopTimeout">How long the end of all programs may take.</param>
internal sealed record ServiceUnit(ServiceScope Scope, string Executable, string Home, string? Database, string? User, TimeSpan StopTimeout)
{
    /// <summary>By which a unit is known to be ours.</summary>
    public const string Mark = "# Written by `aios service install`";

    // No service of systemd sees another's end later than that; a job's grace is an hour at most.
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(90);

    /// <summary>The text of the file.</summary>
    public override string ToString()
    {
        var unit = new StringBuilder(
            $"{Mark}, which overwrites it. Put your changes into a drop-in\n# (`systemctl "
                + $"{(Scope == ServiceScope.User ? "--user " : "")}edit`); drop-ins are kept.\n\n"
        );
        AppendUnit(unit);
        AppendService(unit);
        AppendSandbox(unit);
        unit.Append("\n[Install]\nWantedBy=").Append(Scope == ServiceScope.User ? "default.target" : "multi-user.target").Append('\n');
        return unit.ToString();
    }

    private void AppendUnit(StringBuilder unit)
    {
        unit.Append("[Unit]\nDescription=").Append(UnitText.Value($"AIOS in {Home}")).Append('\n');
        if (Scope == ServiceScope.System)
        {
            unit.Append("Wants=network-online.target\nAfter=network-online.target time-sync.target docker.service\n");
            unit.Append("RequiresMountsFor=").Append(UnitText.Word(Home)).Append('\n');
        }

        unit.Append("# Restart without a limit, however often it fails.\nStartLimitIntervalSec=0\n\n");
    }

    private void AppendService(StringBuilder unit)
    {
        var database = Database is null ? "" : $" --db {UnitText.Argument(Database)}";
        var stop = StopTimeout > ShortestStop ? StopTimeout : ShortestStop;
        unit.Append("[Service]\n");
        if (User is not null)
            unit.Append("User=").Append(User).Append('\n');
        unit.Append(
            CultureInfo.InvariantCulture,
            $"""
            WorkingDirectory={UnitText.Value(Home)}
            ExecStart={UnitText.Argument(Executable)} run --home {UnitText.Argument(Home)}{database}
            ExecReload=/bin/kill -HUP $MAINPID
            # AIOS reports when it is ready, and its main loop feeds the watchdog.
            Type=notify
            WatchdogSec=30
            Restart=on-failure
            RestartSec=2
            # Exit status 2: the job list has mistakes, so a restart does not help.
            RestartPreventExitStatus=2
            # AIOS stops its programs itself: TERM, then KILL after the grace of each. systemd kills what is left.
            KillMode=mixed
            TimeoutStopSec={Math.Ceiling(stop.TotalSeconds):0}
            # If one program is killed for its memory, AIOS and the other programs continue.
            OOMPolicy=continue
            TasksMax=infinity
            # AIOS creates control groups for the limits of jobs.
            Delegate=yes

            """
        );
    }

    // Each line was asked whether a program might need what it takes. Not here, for a reason:
    // PrivateTmp (programs meet others in /tmp), ProtectHome (homes lie there), PrivateDevices and ProtectClock (both close
    // /dev, and so the graphics processors), ProtectControlGroups (Delegate), ProtectKernelTunables and ProtectKernelLogs
    // (they cover parts of /proc, and then no rootless container can mount its own; an ordinary user may write neither
    // anyway), RestrictNamespaces (browsers and rootless containers), MemoryDenyWriteExecute (Node, Java, .NET),
    // RestrictAddressFamilies (Bluetooth, CAN), RestrictSUIDSGID (restoring a backup), SystemCallArchitectures (32 bits).
    private void AppendSandbox(StringBuilder unit)
    {
        if (Scope == ServiceScope.System && User is null)
        {
            unit.Append("# It runs as root because the home belongs to root. Its programs are not restricted.\n");
            return;
        }

        unit.Append(
            "\n# Privileges that programs of an ordinary user do not need. If a program uses sudo, see docs/install.md.\n"
                + "NoNewPrivileges=yes\n"
        );
        if (Scope == ServiceScope.System)
        {
            unit.Append("CapabilityBoundingSet=\nProtectSystem=full\n");
            if (IsProtected(Home))
                unit.Append("ReadWritePaths=").Append(UnitText.Word(Home)).Append('\n');
            unit.Append("ProtectHostname=yes\n");
        }

        unit.Append(
            "LockPersonality=yes\nRestrictRealtime=yes\nSystemCallFilter=~@module @raw-io @reboot @swap @cpu-emulation "
                + "@obsolete\nSystemCallErrorNumber=EPERM\n"
        );
    }

    // What ProtectSystem=full makes read-only.
    private static bool IsProtected(string path) =>
        ((string[])["/usr", "/boot", "/efi", "/etc"]).Any(folder =>
            path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)
        );
}
