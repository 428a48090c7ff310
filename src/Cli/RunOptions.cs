using System.CommandLine;
using Aios.Daemon;

namespace Aios.Cli;

/// <summary>The options of the daemon, which both <c>aios</c> and <c>aios run</c> take.</summary>
internal sealed class RunOptions
{
    public Option<string?> DeviceId { get; } = new("--device-id") { Description = "This device's id (DEVICE_ID; default: the host's name)", HelpName = "ID" };

    public Option<string?> Tags { get; } = new("--tags") { Description = "What this device has, separated by commas (DEVICE_TAGS)", HelpName = "TAGS" };

    public Option<int?> MaxParallel { get; } = WholeNumber.Option(
        "--max-parallel",
        $"How many runs go on at once, not counting always and idle jobs (AIOS_MAX_PARALLEL; default: {DaemonSettings.DefaultMaxParallel})");

    public Option<string?> Journal { get; } = new("--journal") { Description = "rollback (a single file; the default) or wal (faster) (AIOS_JOURNAL)", HelpName = "MODE" };

    public Option<bool> UntilIdle { get; } = new("--until-idle") { Description = "Do what is queued or due, then exit; no always or idle jobs, no waiting for what comes later" };

    public void AddTo(Command command)
    {
        command.Options.Add(DeviceId);
        command.Options.Add(Tags);
        command.Options.Add(MaxParallel);
        command.Options.Add(Journal);
        command.Options.Add(UntilIdle);
    }
}
