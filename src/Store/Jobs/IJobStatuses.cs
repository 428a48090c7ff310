using Aios.Store.Runs;

namespace Aios.Store.Jobs;

/// <summary>The last word about each job, in the original's words: the table its users' scripts read.</summary>
internal interface IJobStatuses
{
    /// <summary>Says where the latest run of a job stands. It has no process yet, or no longer.</summary>
    void Record(string jobName, RunStatus status, string device, DateTimeOffset now, long runId);

    /// <summary>Says which process the latest run of a job is.</summary>
    void RecordProcess(string jobName, long runId, int pid);
}
