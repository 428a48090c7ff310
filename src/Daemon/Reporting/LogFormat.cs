namespace Aios.Daemon.Reporting;

/// <summary>How what the daemon and its programs say looks on standard output.</summary>
internal enum LogFormat
{
    /// <summary>For people: the time of day, who speaks, what.</summary>
    Text,

    /// <summary>For programs: a JSON object on each line.</summary>
    Json,

    /// <summary>For the journal of systemd, which keeps time and level itself: the level as <c>&lt;6&gt;</c>, who speaks, what.</summary>
    Journal,
}
