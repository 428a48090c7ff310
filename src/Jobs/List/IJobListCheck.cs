using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>Checks the jobs of a list against what this room knows nothing of, such as the language models that there are.</summary>
internal interface IJobListCheck
{
    /// <summary>Reports each mistake at its place.</summary>
    /// <param name="jobs">The jobs that are right so far.</param>
    /// <param name="names">The names of all, also of those with mistakes.</param>
    void Check(IReadOnlyList<WrittenJob> jobs, IReadOnlyCollection<string> names);
}

/// <summary>A job and where it is written.</summary>
/// <param name="Job">The job.</param>
/// <param name="Map">As the list has it.</param>
/// <param name="Report">That of its file.</param>
internal sealed record WrittenJob(Job Job, YamlMap Map, Reporter Report)
{
    /// <summary>The job, or its steps and what is tried instead of them, each with its own map.</summary>
    public IEnumerable<WrittenJob> Parts()
    {
        if (Job.Work is not Works.FlowWork flow)
            return [this with { Map = Report.Fields.Flatten(Map, null), Report = Report.ForJob(Job.Name) }];
        var maps = ((YamlList)Map.Find(Works.FlowKind.Instance.Key.Name)!.Value).Items;
        return flow.Steps.Zip(maps, (step, map) => PartsOf(step, (YamlMap)map)).SelectMany(part => part);
    }

    private IEnumerable<WrittenJob> PartsOf(Works.FlowStep step, YamlMap map)
    {
        var report = Report.ForJob($"{Job.Name}/{step.Name}");
        yield return new WrittenJob(step.Job, Works.StepFields.Instance.Flatten(map, null), report);
        foreach (var rung in step.Job.Step.Recover.OfType<Works.RecoveryRung.With>())
        {
            if (rung.Step is { } other)
                yield return new WrittenJob(other.Job, Works.StepFields.Instance.Flatten(rung.Changes, null), report);
        }
    }
}
