using System.CommandLine;
using Aios.Api.Serving;
using Aios.Store.Pruning;

namespace Aios.Cli;

/// <summary>The options of the daemon, which both <c>aios</c> and <c>aios run</c> take.</summary>
internal sealed class RunOptions
{
    public Option<string?> DeviceId { get; } =
        new("--device-id") { Description = "This device's id (DEVICE_ID; default: the host's name)", HelpName = "ID" };

    public Option<string?> Tags { get; } =
        new("--tags") { Description = "This device's tags, separated by commas (DEVICE_TAGS)", HelpName = "TAGS" };

    public Option<int?> MaxParallel { get; } =
        WholeNumber.Option(
            "--max-parallel",
            "Maximum number of concurrent runs, not counting always and idle jobs (AIOS_MAX_PARALLEL; default: 10, or twice the number of "
                + "processors if that is more)"
        );

    public Option<string?> Journal { get; } =
        new("--journal")
        {
            Description = "The database's journal: rollback (a single file; the default) or wal (faster) (AIOS_JOURNAL)",
            HelpName = "MODE",
        };

    public Option<int?> KeepDays { get; } = Keep("days", "Days for which history is kept", RetentionLimits.Default.Age?.Days);

    public Option<int?> KeepRuns { get; } = Keep("runs", "Runs kept for each job", RetentionLimits.Default.Rows);

    public Option<int?> KeepLogLines { get; } = Keep("log-lines", "Newest log lines kept", RetentionLimits.Default.LogLines);

    public Option<int?> KeepMegabytes { get; } =
        Keep("mb", "Maximum size of the database in megabytes", RetentionLimits.Default.Bytes / Settings.Megabyte);

    public Option<int?> KeepKeysDays { get; } =
        Keep("keys-days", "Minimum days for which a dedup key is kept", RetentionLimits.Default.Keys.Days);

    public Option<string?> Listen { get; } =
        new("--listen")
        {
            Description =
                $"Addresses of the API: ADDRESS:PORT, separated by commas, or none (AIOS_LISTEN; default: {ListenAddress.Default})",
            HelpName = "WHERE",
        };

    public Option<string?> LogFormat { get; } =
        new("--log-format")
        {
            Description =
                "Format of log lines: text, json, journal or auto. auto is text in a terminal, journal under systemd, else json "
                + "(AIOS_LOG_FORMAT; default: auto)",
            HelpName = "FORMAT",
        };

    public Option<string?> LogLevel { get; } =
        new("--log-level")
        {
            Description = "Lowest level the daemon logs: debug, info, warning, error (AIOS_LOG_LEVEL; default: info)",
            HelpName = "LEVEL",
        };

    public Option<bool> UntilIdle { get; } =
        new("--until-idle")
        {
            Description = "Run what is queued or due, then exit; do not run always or idle jobs, do not wait for later occurrences",
        };

    public void AddTo(Command command)
    {
        command.Options.Add(DeviceId);
        command.Options.Add(Tags);
        command.Options.Add(MaxParallel);
        command.Options.Add(Journal);
        foreach (var option in (Option[])[KeepDays, KeepRuns, KeepLogLines, KeepMegabytes, KeepKeysDays])
            command.Options.Add(option);
        command.Options.Add(Listen);
        command.Options.Add(LogFormat);
        command.Options.Add(LogLevel);
        command.Options.Add(UntilIdle);
    }

    private static Option<int?> Keep(string name, string description, long? standard) =>
        WholeNumber.Option(
            $"--keep-{name}",
            $"{description}{(name == "keys-days" ? "" : "; 0: no limit")} (AIOS_KEEP_{name.Replace('-', '_').ToUpperInvariant()}; "
                + $"default: {standard})"
        );
}
