using System.Collections.Immutable;
using Aios.Daemon.Reporting;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Pruning;

namespace Aios.Daemon;

/// <summary>What a daemon is told when it starts. All paths are absolute.</summary>
internal sealed record DaemonSettings
{
    /// <summary>The folder that holds <c>Jobs/</c> and <c>Programs/</c>; the working directory of every program.</summary>
    public required string Home { get; init; }

    /// <summary>The database file.</summary>
    public required IDatabase Database { get; init; }

    /// <summary>The device's id; null takes the host's name, numbered if a living daemon holds it.</summary>
    public string? DeviceId { get; init; }

    /// <summary>What the device has.</summary>
    public ImmutableSortedSet<string> Tags { get; init; } = [];

    /// <summary>How many runs go on at once, not counting those of <c>always</c> and <c>idle</c> jobs.</summary>
    public int MaxParallel { get; init; } = DefaultMaxParallel;

    /// <summary>How commits are made safe; null leaves the file as it is, and gives a new one a rollback journal.</summary>
    public JournalMode? Journal { get; init; }

    /// <summary>Ends when nothing is left to do; starts no <c>always</c> or <c>idle</c> job.</summary>
    public bool UntilIdle { get; init; }

    /// <summary>The Python interpreter.</summary>
    public string Python { get; init; } = "python3";

    /// <summary>The machine is quiet while less than this share of its processors (0 to 100) is in use.</summary>
    public double IdleCpuPercent { get; init; } = 50;

    /// <summary>How long nothing may run, and the machine be quiet, before <c>idle</c> jobs run.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The server that takes mails; null for none.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>How lines look on standard output.</summary>
    public LogFormat LogFormat { get; init; }

    /// <summary>Whether standard output is a terminal: a person reads it, and nothing keeps it.</summary>
    public bool IsInTerminal { get; init; }

    /// <summary>
    /// What matters less is not said by the daemon, while the database names no other level; one of
    /// <see cref="Aios.Store.Logs.LogLevel"/>.
    /// </summary>
    public string LogLevel { get; init; } = Aios.Store.Logs.LogLevel.Info;

    /// <summary>How much history is kept.</summary>
    public RetentionLimits Retention { get; init; } = RetentionLimits.Default;

    /// <summary>As many as the original had, or more on a large machine.</summary>
    public static int DefaultMaxParallel { get; } = Math.Max(10, Environment.ProcessorCount * 2);

    /// <summary>Where the job list is.</summary>
    public string JobsFolder => Path.Combine(Home, "Jobs");

    /// <summary>Where programs are.</summary>
    public string ProgramsFolder => Path.Combine(Home, "Programs");
}
