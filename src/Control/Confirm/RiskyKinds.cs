using System.Collections.Immutable;

namespace Aios.Control.Confirm;

/// <summary>The operations of AIOS itself that can destroy something or let a program out, as <c>aios.yaml</c> calls them.</summary>
internal static class RiskyKinds
{
    /// <summary>A copy takes the place of the database.</summary>
    public const string Restore = "restore";

    /// <summary>History is deleted before its time.</summary>
    public const string DeleteHistory = "delete_history";

    /// <summary>More than one flow is canceled by one order.</summary>
    public const string CancelMany = "cancel_many";

    /// <summary>A job list is saved through the API with a job that may do more than others.</summary>
    public const string RiskyJobs = "risky_jobs";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [Restore, DeleteHistory, CancelMany, RiskyJobs];
}
