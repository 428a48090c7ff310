using Aios.Jobs;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Flows;

namespace Aios.Daemon.Alarms;

/// <summary>Tells of approvals that wait, within the transaction in which they are asked.</summary>
internal sealed class ApprovalNotices(DaemonContext context, JobList list, IStoreTransaction queue, DateTimeOffset now)
{
    /// <summary>Tells each channel of the job that wants to hear of it.</summary>
    public void Tell(ApprovalRecord approval)
    {
        if (approval.JobName is not { } name || list.Find(name) is not { } job)
            return;
        foreach (var channel in job.Notify.Where(channel => channel.On.HasFlag(NoticeEvents.Approval)))
            queue.Notices.Add(
                context.Device,
                job.Name,
                NoticeEvents.Approval.Name(),
                ChannelKey.Of(channel),
                Message.OfApproval(approval, job.Name, context.Console.LinkTo(approval.Id), context.Device, now),
                now
            );
    }
}
