using Aios.Jobs;

namespace Aios.Running;

/// <summary>Keeps the limits of runs as well as the system lets it. Safe from several threads at once.</summary>
internal interface ILimiter : IDisposable
{
    /// <summary>The limits that nothing keeps here, each with the reason.</summary>
    IEnumerable<string> Unkept(JobLimits limits);

    /// <summary>Makes ready for a run that is about to start; null if there is nothing to keep.</summary>
    /// <exception cref="RunStartException">The system does not let this daemon give such a limit.</exception>
    IRunLimits? Prepare(JobLimits limits, ProcessMark mark);
}
