using Aios.Running.Containers;

namespace Aios.Doctor;

/// <summary>The container engine: is there one that answers? Only jobs in containers need one.</summary>
internal sealed class EngineCheck : ICheck
{
    public string Name => "engine";

    public Finding Look(ExaminationInput setUp)
    {
        var report = EngineReport.Ask().GetAwaiter().GetResult();
        if (report.Answers)
            return Finding.Ok(report.Words);
        var inNeed = setUp.Containers.FirstOrDefault()?.Name;
        return inNeed is null
            ? Finding.Ok($"no job needs one, so it does not matter that {report.Words}")
            : Finding.Problem(report.Words, $"The job {inNeed} needs it.");
    }
}
