using Aios.Health;
using Aios.Jobs;

namespace Aios.Doctor;

/// <summary>Jobs that fail, end again and again, or are late.</summary>
internal sealed class JobsCheck : ICheck
{
    public string Name => "jobs";

    public Finding Look(ExaminationInput setUp)
    {
        using var reader = setUp.Settings.Database.Read();
        var found = reader is null ? [] : new JobHealthView(reader, setUp.Clock.GetUtcNow()).NotWell(setUp.List);
        var bad = found.Where(job => job.Health.IsBad).ToList();
        if (bad.Count > 0)
            return Finding.Problem(Figure(bad), Advice(bad[0].JobName, setUp.List));
        return found.Count > 0 ? Finding.Note(Figure(found), Advice(found[0].JobName, setUp.List)) : Finding.Ok("all are well");
    }

    private static string Figure(IReadOnlyList<(string JobName, JobHealth Health)> jobs)
    {
        var (name, health) = jobs[0];
        var more =
            jobs.Count > 1
                ? $"; and {jobs.Count - 1} more: "
                    + $"\"{string.Join("\", \"", jobs.Skip(1).Take(5).Select(job => job.JobName))}\"{(jobs.Count > 6 ? ", ..." : "")}"
                : "";
        return $"\"{name}\" {health.Predicate}{more}";
    }

    private static string Advice(string jobName, JobList? list) =>
        $"`aios why {jobName}` says more, `aios logs {jobName}` shows its last "
        + $"words{(list?.Find(jobName) is { } job ? $"; {Remedy(job)}" : "")}.";

    private static string Remedy(Job job) =>
        job.IsKeptRunning ? $"`aios stop {job.Name}` ends its attempts" : $"`aios trigger {job.Name} --wait` tries it again";
}
