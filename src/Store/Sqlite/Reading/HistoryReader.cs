using Aios.Store.Runs;
using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Reading;

/// <summary>What has run, summed up: for many jobs, or for long.</summary>
internal static class HistoryReader
{
    // Short reads: with a rollback journal a reader holds up commits.
    private const int Window = 20_000;
    private const int MostWindows = 25;

    /// <summary>The latest runs of each of these jobs, newest first, by the job's name.</summary>
    public static IReadOnlyDictionary<string, List<RecentRun>> LatestRuns(
        SqliteStoreReader reader,
        IReadOnlyCollection<string> jobNames,
        int count
    )
    {
        const int jobsAtOnce = 200;
        var found = new Dictionary<string, List<RecentRun>>(jobNames.Count, StringComparer.Ordinal);
        foreach (var names in jobNames.Chunk(jobsAtOnce))
        {
            foreach (var (job, run) in ReadLatest(reader, names, count))
            {
                if (!found.TryGetValue(job, out var runs))
                    found[job] = runs = new List<RecentRun>(count);
                runs.Add(run);
            }
        }

        return found;
    }

    /// <summary>The names of the jobs of which something is open that has not started.</summary>
    public static IReadOnlySet<string> JobsInLine(SqliteStoreReader reader) =>
        reader
            .Read(
                """
                SELECT DISTINCT job_name FROM triggers INDEXED BY triggers_ready_by_job WHERE processed IS NULL AND status = 'queued'
                UNION SELECT DISTINCT job_name FROM triggers INDEXED BY triggers_held WHERE processed IS NULL AND status = 'waiting'
                    AND due IS NULL
                UNION SELECT job_name FROM triggers INDEXED BY triggers_due WHERE processed IS NULL AND status = 'waiting'
                    AND due IS NOT NULL
                """,
                row => row.IsDBNull(0) ? "" : row.GetString(0)
            )
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// What was run from one instant to another, in steps of the same length: the runs that began then, and those that go on.
    /// </summary>
    /// <param name="reader">Of the database.</param>
    /// <param name="since">UTC.</param>
    /// <param name="until">UTC.</param>
    /// <param name="steps">The result has so many.</param>
    /// <param name="jobPatterns">Only jobs that match one of them; empty for all.</param>
    /// <param name="now">Until then runs that go on have run, UTC.</param>
    public static IReadOnlyList<LoadStep> Load(
        SqliteStoreReader reader,
        DateTimeOffset since,
        DateTimeOffset until,
        int steps,
        IReadOnlyList<string> jobPatterns,
        DateTimeOffset now
    )
    {
        var load = new LoadCount(UnixTime.Of(since), UnixTime.Of(until), steps, UnixTime.Of(now));
        var (oldest, top) = reader.Bounds("runs");
        top++;
        for (var windows = 0; windows < MostWindows && top > oldest; windows++)
        {
            var bottom = Math.Max(oldest, top - Window);
            var rows = ReadWindow(reader, "id >= @bottom AND id < @top", bottom, top, jobPatterns);
            foreach (var row in rows)
                load.Add(row.Started, row.Ended, row.Status);
            top = bottom;
            // Numbers rise with the time of the start.
            if (rows.Count > 0 && rows.TrueForAll(row => row.Started < UnixTime.Of(since)))
                break;
        }

        foreach (var row in ReadWindow(reader, "status = 'running' AND id < @top AND id >= @bottom", 0, top, jobPatterns))
            load.Add(row.Started, row.Ended, row.Status);
        return load.Steps;
    }

    private static List<(string Job, RecentRun Run)> ReadLatest(SqliteStoreReader reader, string[] names, int count)
    {
        var values = new NamedValues();
        for (var i = 0; i < names.Length; i++)
            values.Add($"job{i}", names[i]);
        values.Add("count", count);
        return reader.Read(
            $"""
            WITH wanted(name) AS (VALUES {string.Join(", ", names.Select((_, number) => $"(@job{number})"))})
            SELECT wanted.name, runs.id, runs.status, runs.started, runs.ended FROM wanted CROSS JOIN runs
            WHERE runs.id IN (SELECT id FROM runs AS latest INDEXED BY runs_by_job WHERE latest.job_name = wanted.name
                ORDER BY latest.id DESC LIMIT @count)
            ORDER BY wanted.name, runs.id DESC
            """,
            row =>
                (
                    row.GetString(0),
                    new RecentRun(
                        row.GetInt64(1),
                        row.GetString(2),
                        UnixTime.ToInstant(row.GetDouble(3)),
                        row.IsDBNull(4) ? null : UnixTime.ToInstant(row.GetDouble(4))
                    )
                ),
            values
        );
    }

    private static List<(double Started, double? Ended, string Status)> ReadWindow(
        SqliteStoreReader reader,
        string which,
        long bottom,
        long top,
        IReadOnlyList<string> jobPatterns
    )
    {
        var values = new NamedValues().Add("bottom", bottom).Add("top", top);
        var ofJobs = JobNameFilter.Condition(jobPatterns, values) is { } condition ? $" AND {condition}" : "";
        return reader.Read(
            $"SELECT started, ended, status FROM runs WHERE {which}{ofJobs}",
            row => (row.GetDouble(0), row.IsDBNull(1) ? (double?)null : row.GetDouble(1), row.GetString(2)),
            values
        );
    }
}
