using Aios.Jobs;
using Aios.Jobs.Places;

namespace Aios.Running.Places;

/// <summary>Starts the runs of the jobs that have one kind of place.</summary>
internal interface IPlaceRunner : IDisposable
{
    /// <summary>Whose jobs it runs.</summary>
    PlaceKind Kind { get; }

    /// <summary>As <see cref="IRunner.Start"/>; the job's files of variables have been read.</summary>
    IRun Start(RunRequest request, IRunOutput output);

    /// <summary>The limits that are not kept there, each with the reason.</summary>
    IEnumerable<string> Unkept(JobLimits limits);

    /// <summary>As <see cref="IRunner.Forget"/>; also called for runs of other places.</summary>
    void Forget(long runId);
}
