namespace Aios.Jobs.Works;

/// <summary>Holds a step to the fields that it has a use for.</summary>
internal static class StepUse
{
    /// <summary>Tells each field that would change nothing.</summary>
    public static void Check(Job job, GivenFields given, Reporter report)
    {
        if (given.Entry("max_parallel") is { } most && given.Entry("each") is null)
            report.ForField(most.Name).Error(most.Value, "needs \"each\", which says for what the step runs; add it or remove this");
        if (job.Work is not StepWork work)
            return;
        var advice = work is JobCallWork ? "give it to the job that this step runs" : "remove it";
        foreach (var (field, entry) in given.Own())
        {
            if (!StepFields.IsOfFlow(field) && !IsOfWork(field) && !IsUsedBy(work, field.Name))
                report.ForField(field.Name).Error(entry.Key, $"belongs to a step that runs a program; {advice}");
        }
    }

    // What another kind of work has, that kind tells itself.
    private static bool IsOfWork(JobField field) => StepFields.Instance.Works.Any(kind => kind.Fields.Contains(field));

    private static bool IsUsedBy(StepWork work, string field) =>
        field == "description"
        || (work is JobCallWork && field is ("args" or "kwargs"))
        || (work is WaitWork { Signal: not null } && field == "timeout");
}
