using Aios.Jobs;
using Aios.Jobs.Places;

namespace Aios.Running.Places;

/// <summary>Starts the runs of the jobs that have one kind of place.</summary>
internal interface IPlaceRunner : IDisposable
{
    /// <summary>Where its jobs run.</summary>
    PlaceKind Kind { get; }

    /// <summary>Whether it runs a job.</summary>
    bool Runs(Job job) => job.Place.Kind == Kind;

    /// <summary>As <see cref="IRunner.Start"/>; the job's files of variables have been read.</summary>
    IRun Start(RunRequest request, IRunOutput output);

    /// <summary>The limits that are not kept there, each with the reason.</summary>
    IEnumerable<string> Unkept(JobLimits limits);

    /// <summary>As <see cref="IRunner.Forget"/>; also called for runs of other places.</summary>
    void Forget(long runId);
}
