using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Aios.Access;
using Aios.Api;
using Aios.Api.Serving;
using Aios.Control.Confirm;
using Aios.Daemon;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Logs;
using Aios.Store.Pruning;

namespace Aios.Cli;

/// <summary>
/// Settings, each from the first place that names it: a flag, the environment, <c>aios.yaml</c> in the home, the default.
/// </summary>
internal sealed class Settings
{
    /// <summary>The database in a home that says nothing of it.</summary>
    public const string DefaultDatabase = "orchestrator.db";

    public const long Megabyte = 1024 * 1024;
    private const int LongestDays = 36_500;

    private readonly SettingsFile _file;

    private Settings(string home, string? databaseFlag)
    {
        Home = Path.GetFullPath(home);
        if (File.Exists(Home))
            throw new CommandLineException($"{Home} is a file, but a home is a folder that contains Jobs/ and Programs/.");
        if (!Directory.Exists(Home))
            throw new CommandLineException(
                $"the home folder {Home} does not exist. Create it with `aios init {Home}`, or name another with --home."
            );
        _file = SettingsFile.Read(Path.Combine(Home, SettingsFile.Name));
        Database = Databases.At(Path.GetFullPath(Path.Combine(Home, Text(databaseFlag, "AIOS_DB", "db") ?? DefaultDatabase)));
    }

    /// <summary>An absolute path.</summary>
    public string Home { get; }

    /// <summary>The database.</summary>
    public IDatabase Database { get; }

    /// <summary>Who must confirm which operations; only the home says so.</summary>
    public ConfirmRules Confirm => _file.Confirm;

    /// <summary>Where the job list is.</summary>
    public string JobsFolder => Path.Combine(Home, "Jobs");

    /// <summary>Where programs are.</summary>
    public string ProgramsFolder => Path.Combine(Home, "Programs");

    /// <summary>For any verb.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">A home that the verb was given as an argument; it counts before all else.</param>
    public static Settings Of(ParseResult parsed, string? folder = null)
    {
        var home = folder ?? parsed.GetValue(SharedOptions.Home) ?? FromEnvironment("AIOS_HOME") ?? Directory.GetCurrentDirectory();
        return new Settings(home, parsed.GetValue(SharedOptions.Database));
    }

    /// <exception cref="CommandLineException">The home has no job list at all.</exception>
    public void RequireJobsFolder()
    {
        if (Directory.Exists(JobsFolder))
            return;
        throw new CommandLineException(
            $"there is no Jobs/ folder in {Home}. `aios init` creates an example home there, `aios init FOLDER` in a new folder; `aios "
                + $"init --from crontab` (or supervisord, pm2, original) converts an existing set-up. To use another home, name it "
                + $"with --home."
        );
    }

    /// <summary>
    /// For what is asked of a home that is there: a mistaken folder would otherwise get a database of its own, or look like a
    /// home where nothing happens.
    /// </summary>
    /// <exception cref="CommandLineException">There is neither a job list nor a database.</exception>
    public static Settings OfHome(ParseResult parsed)
    {
        var settings = Of(parsed);
        if (!settings.Database.Exists)
            settings.RequireJobsFolder();
        return settings;
    }

    /// <summary>For the daemon.</summary>
    public DaemonSettings ForDaemon(ParseResult parsed, RunOptions options) =>
        new()
        {
            Home = Home,
            Database = Database,
            DeviceId = DeviceId(Text(parsed.GetValue(options.DeviceId), "DEVICE_ID", "device_id")),
            Tags = Tags(Text(parsed.GetValue(options.Tags), "DEVICE_TAGS", "tags")),
            MaxParallel = Number(parsed.GetValue(options.MaxParallel), "AIOS_MAX_PARALLEL", "max_parallel", 1, 10_000)
                ?? DaemonSettings.DefaultMaxParallel,
            Journal = Journal(Text(parsed.GetValue(options.Journal), "AIOS_JOURNAL", "journal")),
            UntilIdle = parsed.GetValue(options.UntilIdle),
            Retention = Retention(parsed, options),
            Mail = Mail(),
            IsInTerminal = !Console.IsOutputRedirected,
            LogFormat = LogFormats.Of(Text(parsed.GetValue(options.LogFormat), "AIOS_LOG_FORMAT", "log_format")),
            LogLevel = Level(Text(parsed.GetValue(options.LogLevel), "AIOS_LOG_LEVEL", "log_level")),
            Python = Text(null, "AIOS_PYTHON", "python") ?? "python3",
            IdleCpuPercent = Number(null, "AIOS_IDLE_CPU", "idle_cpu", 0, 100) ?? 50,
            IdleAfter = TimeSpan.FromSeconds(Number(null, "AIOS_IDLE_AFTER", "idle_after", 0, 86_400) ?? 5),
        };

    /// <summary>For the daemon's API server. What only does what is due and ends is asked nothing, unless somebody says where.</summary>
    public ApiSettings ForApi(ParseResult parsed, RunOptions options)
    {
        var listen = parsed.GetValue(options.UntilIdle)
            ? parsed.GetValue(options.Listen) ?? ListenAddress.None
            : Text(parsed.GetValue(options.Listen), "AIOS_LISTEN", "listen");
        return new ApiSettings
        {
            Listen = listen is null ? [ListenAddress.Default] : Addresses(listen),
            Confirm = Confirm,
            Keys = FromEnvironment("AIOS_API_KEYS"),
            Hosts = [.. Tags(Text(null, "AIOS_HOSTS", "hosts"))],
            Certificate = InHome(Text(null, "AIOS_TLS_CERT", "tls_cert")),
            CertificateKey = InHome(Text(null, "AIOS_TLS_KEY", "tls_key")),
            RequestsPerSecond = Number(null, "AIOS_RATE_LIMIT", "rate_limit", 1, 1_000_000) ?? ApiSettings.DefaultRequestsPerSecond,
        };
    }

    /// <summary>The server that takes mails; null for none.</summary>
    /// <exception cref="CommandLineException">The settings make no sense.</exception>
    public MailSettings? Mail()
    {
        try
        {
            return MailSettings.Parse(Text(null, "AIOS_SMTP", "smtp"), Text(null, "AIOS_SMTP_FROM", "smtp_from"));
        }
        catch (NoticeException error)
        {
            throw new CommandLineException(error.Message);
        }
    }

    /// <summary>How long at least a closed trigger with a dedup key is kept.</summary>
    public TimeSpan KeysAreKept => KeysKept(null);

    // 0 is no limit, save for keys: there it is no protection.
    private RetentionLimits Retention(ParseResult parsed, RunOptions options)
    {
        var standard = RetentionLimits.Default;
        var days = Number(parsed.GetValue(options.KeepDays), "AIOS_KEEP_DAYS", "keep_days", 0, LongestDays);
        var runs = Number(parsed.GetValue(options.KeepRuns), "AIOS_KEEP_RUNS", "keep_runs", 0, int.MaxValue);
        var lines = Number(parsed.GetValue(options.KeepLogLines), "AIOS_KEEP_LOG_LINES", "keep_log_lines", 0, int.MaxValue);
        var megabytes = Number(parsed.GetValue(options.KeepMegabytes), "AIOS_KEEP_MB", "keep_mb", 0, int.MaxValue);
        return new RetentionLimits
        {
            Age =
                days is null ? standard.Age
                : days > 0 ? TimeSpan.FromDays(days.Value)
                : null,
            Rows = Limit(runs, standard.Rows),
            LogLines = Limit(lines, standard.LogLines),
            Bytes = Limit(megabytes * Megabyte, standard.Bytes),
            Keys = KeysKept(parsed.GetValue(options.KeepKeysDays)),
        };
    }

    private TimeSpan KeysKept(int? flag) =>
        Number(flag, "AIOS_KEEP_KEYS_DAYS", "keep_keys_days", 0, LongestDays) is { } days
            ? TimeSpan.FromDays(days)
            : RetentionLimits.Default.Keys;

    private static long? Limit(long? number, long? standard) =>
        number is null ? standard
        : number > 0 ? number
        : null;

    private static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private string? Text(string? flag, string variable, string key) =>
        (string.IsNullOrEmpty(flag) ? null : flag) ?? FromEnvironment(variable) ?? _file.Find(key);

    private int? Number(int? flag, string variable, string key, int least, int most)
    {
        var text = flag?.ToString(CultureInfo.InvariantCulture) ?? Text(null, variable, key);
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        throw new CommandLineException($"{key} ({variable}): found \"{text}\", expected a whole number from {least} to {most}.");
    }

    private string? InHome(string? path) => path is null ? null : Path.GetFullPath(Path.Combine(Home, path));

    private static ImmutableArray<ListenAddress> Addresses(string text)
    {
        try
        {
            return ListenAddress.ParseList(text);
        }
        catch (AccessException error)
        {
            throw new CommandLineException(error.Message);
        }
    }

    private static string? DeviceId(string? text)
    {
        if (text is null || (text.Length <= 128 && !text.Any(letter => char.IsControl(letter) || letter is '/' or ',')))
            return text;
        throw new CommandLineException(
            $"the device id \"{text}\" cannot be used: expected at most 128 characters, none of them a slash, a comma or a "
                + $"control character."
        );
    }

    private static ImmutableSortedSet<string> Tags(string? text) =>
        [.. (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Level(string? text) =>
        text is null
            ? LogLevel.Info
            : LogLevel.Parse(text) ?? throw new CommandLineException($"log_level (AIOS_LOG_LEVEL): {LiveSettings.DefectOf(text)}");

    private static JournalMode? Journal(string? text) =>
        text switch
        {
            null => null,
            "rollback" => JournalMode.Rollback,
            "wal" => JournalMode.Wal,
            _ => throw new CommandLineException($"journal (AIOS_JOURNAL): found \"{text}\", expected \"rollback\" or \"wal\"."),
        };
}
