using System.CommandLine;
using Aios.Api.Serving;
using Aios.Store.Logs;
using Aios.Store.Pruning;

namespace Aios.Cli;

/// <summary>The options of the daemon, which both <c>aios</c> and <c>aios run</c> take.</summary>
internal sealed class RunOptions
{
    public Option<string?> DeviceId { get; } = new("--device-id") { Description = "This device's id (DEVICE_ID; default: the host's name)", HelpName = "ID" };

    public Option<string?> Tags { get; } = new("--tags") { Description = "What this device has, separated by commas (DEVICE_TAGS)", HelpName = "TAGS" };

    public Option<int?> MaxParallel { get; } = WholeNumber.Option(
        "--max-parallel",
        "How many runs go on at once, not counting always and idle jobs (AIOS_MAX_PARALLEL; default: 10, or twice the processors where that is more)");

    public Option<string?> Journal { get; } = new("--journal") { Description = "rollback (a single file; the default) or wal (faster) (AIOS_JOURNAL)", HelpName = "MODE" };

    public Option<int?> KeepDays { get; } = Keep("days", "How many days history is kept", RetentionLimits.Default.Age?.Days);

    public Option<int?> KeepRuns { get; } = Keep("runs", "How many runs of each job are kept", RetentionLimits.Default.Rows);

    public Option<int?> KeepLogLines { get; } = Keep("log-lines", "How many of the newest log lines are kept", RetentionLimits.Default.LogLines);

    public Option<int?> KeepMegabytes { get; } = Keep("mb", "How many megabytes the database may hold", RetentionLimits.Default.Bytes / Settings.Megabyte);

    public Option<int?> KeepKeysDays { get; } = Keep("keys-days", "How many days at least a dedup key holds", RetentionLimits.Default.Keys.Days);

    public Option<string?> Listen { get; } = new("--listen") { Description = $"Where the API is served: ADDRESS:PORT, several separated by commas, or none (AIOS_LISTEN; default: {ListenAddress.Default})", HelpName = "WHERE" };

    public Option<string?> LogFormat { get; } = new("--log-format") { Description = "How lines look: text, json, journal, or auto: text where a person reads, the journal's own for systemd, else JSON (AIOS_LOG_FORMAT; default: auto)", HelpName = "FORMAT" };

    public Option<string?> LogLevel { get; } = new("--log-level") { Description = "What of the daemon's own words is told at least: debug, info, warning, error (AIOS_LOG_LEVEL; default: info)", HelpName = "LEVEL" };

    public Option<bool> UntilIdle { get; } = new("--until-idle") { Description = "Do what is queued or due, then exit; no always or idle jobs, no waiting for what comes later" };

    public void AddTo(Command command)
    {
        command.Options.Add(DeviceId);
        command.Options.Add(Tags);
        command.Options.Add(MaxParallel);
        command.Options.Add(Journal);
        foreach (var option in (Option[])[KeepDays, KeepRuns, KeepLogLines, KeepMegabytes, KeepKeysDays]) command.Options.Add(option);
        command.Options.Add(Listen);
        command.Options.Add(LogFormat);
        command.Options.Add(LogLevel);
        command.Options.Add(UntilIdle);
    }

    private static Option<int?> Keep(string name, string description, long? standard) =>
        WholeNumber.Option($"--keep-{name}", $"{description}{(name == "keys-days" ? "" : "; 0: no limit")} (AIOS_KEEP_{name.Replace('-', '_').ToUpperInvariant()}; default: {standard})");
}
