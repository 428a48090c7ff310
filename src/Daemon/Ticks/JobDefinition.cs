using System.Text;
using Aios.Daemon.Claiming;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Store.Devices;

namespace Aios.Daemon.Ticks;

/// <summary>
/// A job's definition as the database, the audit and those who only look on have it: what a field may hold that nobody should
/// read is masked.
/// </summary>
internal static class JobDefinition
{
    /// <summary>For the database.</summary>
    public static ListedJob Of(Job job, DaemonContext context)
    {
        var whole = JobJson.Write(job);
        // With the database's id, so that equal values of two systems do not show as equal.
        var fingerprint = Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(context.DatabaseId + whole)).AsSpan(0, 16));
        return new ListedJob(
            job.Name,
            JobEligibility.CanRun(job, context.Settings.Tags),
            HasSecrets(job) ? MaskedDefinition.OfJob(whole) : whole,
            fingerprint
        )
        {
            Schedule = job.Enabled ? JobSchedules.Of(job, context.DatabaseId)?.Identity : null,
        };
    }

    /// <summary>As JSON, for those who may see the job but not what it knows.</summary>
    public static string Masked(Job job) => MaskedDefinition.OfJob(JobJson.Write(job));

    private static bool HasSecrets(Job job) =>
        JobFields.Of(job).Any(field => field.IsSecret && !field.IsDefault(job)) || job.Work is FlowWork;
}
