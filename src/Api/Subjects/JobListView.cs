using System.Text.Json;
using Aios.Control;
using Aios.Health;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Api.Subjects;

/// <summary>How many jobs stand, read in few steps whatever their number.</summary>
internal sealed class JobListView(IStoreReader reader, IReadOnlyList<Job> jobs, int recent, DateTimeOffset now)
{
    private readonly string _databaseId = reader.DatabaseId();
    private readonly IReadOnlyDictionary<string, RunSummary> _latest = reader.LatestRuns();
    private readonly IReadOnlyDictionary<string, JobHold> _holds = reader.Holds();
    private readonly JobHealthView _health = new(reader, now);
    private readonly ComingOccurrences _coming = new(reader, now);
    private readonly List<DeviceSummary> _online = [.. reader.Devices().Where(device => device.SeemsAlive(now))];
    private readonly IReadOnlyDictionary<string, List<RecentRun>> _recent =
        recent == 0 ? new Dictionary<string, List<RecentRun>>() : reader.LatestRuns([.. jobs.Select(job => job.Name)], recent);
    private readonly IReadOnlyList<ActiveRun> _goingOn = reader.GoingOn(JobFacts.MostRuns);
    private readonly Dictionary<string, TriggerSummary?> _open = OpenOf(reader, jobs);

    /// <summary>Writes one of them.</summary>
    public void Write(Utf8JsonWriter json, Job job)
    {
        var hold = _holds.GetValueOrDefault(job.Name);
        json.WriteStartObject();
        json.WriteJobMembers(job, hold, _health.Of(job), _latest.GetValueOrDefault(job.Name), _coming.Of(job).FirstOrDefault()?.At);
        json.WriteText("waiting", JobWait.Reason(job, new JobFacts(hold, _online, _open.GetValueOrDefault(job.Name), _goingOn)));
        json.WriteText("schedule", JobSchedules.Of(job, _databaseId)?.ToString());
        json.WriteArray("recent", _recent.GetValueOrDefault(job.Name) ?? [], WriteRecent);
        json.WriteEndObject();
    }

    private static Dictionary<string, TriggerSummary?> OpenOf(IStoreReader reader, IReadOnlyList<Job> jobs)
    {
        var inLine = reader.JobsInLine();
        return jobs.Select(job => job.Name).Where(inLine.Contains).ToDictionary(name => name, reader.OpenTriggerOf);
    }

    private static void WriteRecent(Utf8JsonWriter json, RecentRun run)
    {
        json.WriteStartObject();
        json.WriteNumber("id", run.Id);
        json.WriteString("status", run.Status);
        json.WriteInstant("started", run.Started);
        json.WriteInstant("ended", run.Ended);
        json.WriteEndObject();
    }
}
