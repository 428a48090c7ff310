using Aios.Jobs;
using Aios.Running;
using Aios.Running.Places;

namespace Aios.Tests.Kinds.Nowhere;

/// <summary>Runs of which nothing is started.</summary>
internal sealed class NowhereRuns : IPlaceRunner
{
    public PlaceKind Kind => NowhereKind.Instance;

    public IRun Start(RunRequest request, IRunOutput output) => new NowhereRun(request, TimeProvider.System.GetUtcNow());

    public IEnumerable<string> Unkept(JobLimits limits) => [];

    public void Forget(long runId)
    {
        // Nothing is kept of it.
    }

    public void Dispose()
    {
        // Nothing was started.
    }

    private sealed class NowhereRun(RunRequest request, DateTimeOffset now) : IRun
    {
        public long RunId => request.RunId;

        public int? Pid => null;

        public long? ProcessStart => null;

        public DateTimeOffset Started => now;

        public Task<RunOutcome> Completion { get; } =
            Task.FromResult(new RunOutcome(((NowherePlace)request.Job.Place).Outcome, null, null, null, "nothing was started", now));

        public void Stop(StopReason reason, string why, bool atOnce = false)
        {
            // It has ended.
        }
    }
}
