using Aios.Jobs;
using Aios.Store;
using Aios.Store.Jobs;

namespace Aios.Health;

/// <summary>How well jobs are, as the database has it: read once, whatever number of jobs is asked about.</summary>
internal sealed class JobHealthView(IStoreReader reader, DateTimeOffset now)
{
    private readonly IReadOnlyDictionary<string, HealthRecord> _records = reader.Health();
    private readonly IReadOnlyDictionary<string, JobHold> _holds = reader.Holds();
    private readonly IReadOnlyDictionary<string, DateTimeOffset> _late = reader.Late();

    /// <summary>How well a job is.</summary>
    public JobHealth Of(Job job) =>
        JobHealth.Of(
            job,
            _records.GetValueOrDefault(job.Name),
            _holds.GetValueOrDefault(job.Name),
            _late.TryGetValue(job.Name, out var late) ? late : null,
            now
        );

    /// <summary>The jobs that are not well, whether they are in the list at hand or only in another device's; the worst first.</summary>
    public IReadOnlyList<(string JobName, JobHealth Health)> NotWell(JobList? list) =>
        [
            .. _records
                .Keys.Union(_late.Keys)
                .Select(name => (Name: name, Health: Of(name, list?.Find(name))))
                .Where(job => job.Health.Words is not null)
                .OrderBy(job => !job.Health.IsBad)
                .ThenBy(job => job.Health.Since)
                .ThenBy(job => job.Name, StringComparer.Ordinal),
        ];

    private JobHealth Of(string name, Job? job)
    {
        if (job is not null)
            return Of(job);
        var record = _records.GetValueOrDefault(name) ?? new HealthRecord(name);
        return JobHealth.OfUnlisted(record, _holds.GetValueOrDefault(name), _late.TryGetValue(name, out var late) ? late : null, now);
    }
}
