using System.Collections.Immutable;
using Aios.Jobs.Schedules;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>What a load of the job list gave: the jobs that are right, and all that is wrong or doubtful.</summary>
internal sealed record JobList
{
    private readonly Dictionary<string, Job> _byName = new(StringComparer.Ordinal);
    private readonly ILookup<StartedBy, Job> _byStarter;

    /// <summary>Puts a list together. Names of jobs are unique; of two with one name the first is kept.</summary>
    public JobList(
        ImmutableArray<Job> jobs,
        ImmutableArray<JobListError> errors,
        ImmutableArray<JobListError> warnings,
        ImmutableArray<string> files
    )
    {
        Jobs = jobs;
        Errors = errors;
        Warnings = warnings;
        Files = files;
        _byStarter = jobs.ToLookup(job => job.Schedule.Kind.StartedBy);
        WithDeadline = [.. jobs.Where(job => job is { Deadline: not null, Enabled: true })];
        NeedEngine = jobs.SelectMany(job => job.Parts).Any(part => part.Place.Kind.NeedsEngine);
        foreach (var job in jobs)
            _byName.TryAdd(job.Name, job);
    }

    /// <summary>The jobs that are right, in the order of their files' names and of definition.</summary>
    public ImmutableArray<Job> Jobs { get; }

    /// <summary>Those that are enabled and have a deadline.</summary>
    public ImmutableArray<Job> WithDeadline { get; }

    /// <summary>Whether any of them needs a container engine.</summary>
    public bool NeedEngine { get; }

    /// <summary>"1 job", "8 jobs".</summary>
    public string CountInWords => Jobs.Length == 1 ? "1 job" : $"{Jobs.Length} jobs";

    /// <summary>Everything that is wrong. A list with errors should not come into force.</summary>
    public ImmutableArray<JobListError> Errors { get; }

    /// <summary>What is probably not meant so, but does not stop anything.</summary>
    public ImmutableArray<JobListError> Warnings { get; }

    /// <summary>The files that were read, as a person calls them, such as <c>Jobs/jobs.yaml</c>.</summary>
    public ImmutableArray<string> Files { get; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => Errors.IsEmpty;

    /// <summary>Those that are started in one way.</summary>
    public IEnumerable<Job> Of(StartedBy starter) => _byStarter[starter];

    /// <summary>The job of that name (upper and lower case differ), or null.</summary>
    public Job? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The job of that name, or the step of a flow, whose name is that of the flow's job, a slash, and its own.</summary>
    public Job? FindPart(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? Find(name[..slash])?.Parts.FirstOrDefault(part => part.Name == name[(slash + 1)..])
            : Find(name);

    /// <summary>What to add where no job has that name: " Did you mean "x"?", if one is near, and where all are listed.</summary>
    public string Hint(string name) => $"{NearestName.Hint(name, Jobs.Select(job => job.Name))} `aios jobs` lists all.";
}
