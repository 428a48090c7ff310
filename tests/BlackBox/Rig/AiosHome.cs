using System.Diagnostics;
using Aios.Store;
using Aios.Store.Sqlite.Driver;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.BlackBox;

/// <summary>A home in a temporary folder, with all that was started in it. Nothing of either is left after <see cref="Dispose"/>.</summary>
internal sealed class AiosHome : IDisposable
{
    // Daemons carry it and do not hand it on; only a child that is being started at this moment still shows it.
    private const string Mark = "AIOS_TEST_HOME";
    private readonly List<AiosProcess> _daemons = [];

    /// <summary>A home with this job list.</summary>
    public AiosHome(string jobs = "[]", string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("aios-test-").FullName;
        Directory.CreateDirectory(In("Jobs"));
        Directory.CreateDirectory(In("Programs"));
        WriteJobs(jobs);
    }

    /// <summary>The home itself.</summary>
    public string Folder { get; }

    /// <summary>The database file.</summary>
    public string Database => In("orchestrator.db");

    /// <summary>The processes of runs, whoever started them and whatever session they are in.</summary>
    public List<int> RunProcesses => Processes.Carrying($"AIOS_HOME={Folder}\0");

    /// <summary>A path in the home.</summary>
    public string In(params string[] names) => Path.Combine([Folder, .. names]);

    /// <summary>Saves the job list in place.</summary>
    public void WriteJobs(string yaml) => File.WriteAllText(In("Jobs", "jobs.yaml"), yaml);

    /// <summary>Saves the job list as careful editors do: a new file that takes the place of the old one.</summary>
    public void ReplaceJobs(string yaml)
    {
        File.WriteAllText(In("Jobs", ".jobs.yaml.swp"), yaml);
        File.Move(In("Jobs", ".jobs.yaml.swp"), In("Jobs", "jobs.yaml"), overwrite: true);
    }

    /// <summary>Makes a program.</summary>
    public void WriteProgram(string name, string text, bool executable = true)
    {
        var path = In("Programs", name);
        File.WriteAllText(path, text);
        if (executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Starts a daemon and waits until it is at work.</summary>
    public AiosProcess Start(params string[] arguments) => Start([], arguments);

    /// <summary>As above, with environment variables.</summary>
    public AiosProcess Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var daemon = Launch(environment, arguments);
        WaitFor(() => daemon.HasExited || daemon.Output.Contains(" as device ", StringComparison.Ordinal), "the daemon has started");
        Assert.False(daemon.HasExited, $"the daemon has ended at once:\n{daemon.Output}");
        return daemon;
    }

    /// <summary>Starts it without waiting for anything.</summary>
    public AiosProcess Launch((string Name, string Value)[] environment, params string[] arguments)
    {
        var daemon = AiosProcess.Start(Folder, ["run", "--home", Folder, .. arguments], [(Mark, Folder), .. environment]);
        lock (_daemons)
            _daemons.Add(daemon);
        return daemon;
    }

    /// <summary>Runs what is there to run, to the end.</summary>
    public AiosProcess Drain(params string[] arguments)
    {
        var daemon = Launch([], ["--until-idle", .. arguments]);
        Assert.Equal(0, daemon.WaitForExit(60));
        return daemon;
    }

    /// <summary>Runs a verb in this home and waits for its end.</summary>
    public CliResult Cli(params string[] arguments) => CliResult.Of(Folder, arguments);

    /// <summary>
    /// Opens the database as any other program would. It waits for locks in steps of 150 ms; the packaged SQLite's own
    /// <c>busy_timeout</c> would sleep a whole second each time.
    /// </summary>
    public SqliteConnection Open()
    {
        SqliteLibrary.Use();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = Database,
                Pooling = false,
                DefaultTimeout = 60,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    /// <summary>Executes SQL with parameters @1, @2, ...</summary>
    public int Execute(string sql, params object?[] values)
    {
        using var connection = Open();
        return Execute(connection, sql, values);
    }

    /// <summary>As above, on a connection.</summary>
    public static int Execute(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null (or 0) if there is none.</summary>
    public T? Get<T>(string sql, params object?[] values)
    {
        using var connection = Open();
        using var command = Command(connection, sql, values);
        var value = command.ExecuteScalar();
        if (value is null or DBNull)
            return default;
        return (T)
            Convert.ChangeType(
                value,
                Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T),
                System.Globalization.CultureInfo.InvariantCulture
            );
    }

    /// <summary>The first column of each row, as text.</summary>
    public List<string> Column(string sql, params object?[] values)
    {
        using var connection = Open();
        using var command = Command(connection, sql, values);
        using var reader = command.ExecuteReader();
        var column = new List<string>();
        while (reader.Read())
            column.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return column;
    }

    /// <summary>Inserts a trigger as users do; the answer is its id.</summary>
    public long Insert(string job, string kwargs = "{}", string args = "[]")
    {
        using var connection = Open();
        // Not RETURNING: its row comes before the commit, and a commit that fails after it is told to nobody.
        Execute(connection, "INSERT INTO triggers (job_name, args, kwargs, created) VALUES (@1, @2, @3, @4)", job, args, kwargs, Now());
        using var command = Command(connection, "SELECT last_insert_rowid()", []);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Inserts many in one transaction.</summary>
    public void InsertMany(string job, int count)
    {
        Execute(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < @2)
            INSERT INTO triggers (job_name, args, kwargs, created) SELECT @1, json_array(n), '{}', @3 FROM numbers
            """,
            job,
            count,
            Now()
        );
    }

    /// <summary>A trigger as it stands now.</summary>
    public TriggerRow Trigger(long id) => TriggerRow.Read(this, id);

    /// <summary>Waits until a trigger is closed.</summary>
    public TriggerRow Closed(long id, double seconds = 30)
    {
        WaitFor(() => Trigger(id).IsClosed, $"trigger {id} is closed", seconds);
        return Trigger(id);
    }

    /// <summary>The runs of a trigger, the first one first.</summary>
    public List<RunRow> Runs(long trigger) => RunRow.Read(this, "trigger_id = @1", trigger);

    /// <summary>The runs of a job, the first one first.</summary>
    public List<RunRow> RunsOf(string job) => RunRow.Read(this, "job_name = @1", job);

    /// <summary>Waits for a condition, or fails with what the daemons said.</summary>
    public void WaitFor(Func<bool> condition, string what, double seconds = 30)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(seconds))
                Assert.Fail($"After {seconds} s still not true: {what}.\n{Story()}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Watches for a while that something stays true.</summary>
    public void Holds(Func<bool> condition, string what, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds))
        {
            Assert.True(condition(), $"No longer true: {what}.\n{Story()}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Unix seconds.</summary>
    public static double Now() => UnixTime.Of(DateTimeOffset.UtcNow);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var daemon in _daemons)
            daemon.Dispose();
        var deadline = Stopwatch.StartNew();
        while (Left() is { Count: > 0 } left && deadline.Elapsed < TimeSpan.FromSeconds(10))
        {
            foreach (var pid in left)
                AiosProcess.Send(pid, AiosProcess.Kill9);
            Thread.Sleep(5);
        }

        foreach (var daemon in _daemons)
            ShiftedClock.CleanUpAfter(daemon.Id);
        Directory.Delete(Folder, recursive: true);
    }

    private List<int> Left() => [.. RunProcesses, .. Processes.Carrying($"{Mark}={Folder}\0")];

    private static SqliteCommand Command(SqliteConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"@{i + 1}", values[i] ?? DBNull.Value);
        return command;
    }

    private string Story()
    {
        lock (_daemons)
            return string.Join(
                '\n',
                _daemons.Select(daemon => $"--- daemon {daemon.Id}{(daemon.HasExited ? ", ended" : "")}:\n{Tail(daemon.Output)}")
            );
    }

    private static string Tail(string text) => text.Length <= 6000 ? text : "..." + text[^6000..];
}
