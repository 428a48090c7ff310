using Aios.Daemon.Ticks;
using Aios.Notices;
using Aios.Store;

namespace Aios.Daemon.Loop;

/// <summary>
/// Tells everybody that the loop does not get on: in the row of the device, where <c>health</c> and <c>why</c> look, and by
/// the channels of the job list. It is written apart from the ticks, which fail just now.
/// </summary>
internal static class StallReport
{
    /// <summary>The word of the notice.</summary>
    public const string Event = "stalled";

    /// <summary>
    /// Writes it down; the answer is when there is a notice to tell. Where even this cannot be written, the probes still tell it.
    /// </summary>
    public static Task<DateTimeOffset?> Write(DaemonParts parts, string what)
    {
        if (parts.Store.Trouble is not null)
            return Task.FromResult<DateTimeOffset?>(null);
        return parts.Store.Write(queue =>
        {
            queue.Devices.Stall(parts.Context.Device, parts.Context.BootId, parts.Context.Now, what);
            // What is wrong may keep notices from being added, too.
            try
            {
                queue.Attempt(() => AddNotices(parts, queue, what));
            }
            catch (StoreException error) when (RowFault.IsOfRow(error))
            {
                return null;
            }

            return queue.Notices.NextDue(parts.Context.Device);
        });
    }

    // Once to each channel that wants to hear of failures, whatever number of jobs has it.
    private static void AddNotices(DaemonParts parts, IStoreTransaction queue, string what)
    {
        var now = parts.Context.Now;
        var channels = parts
            .List.Current.Jobs.SelectMany(job => job.Notify.Select(channel => (job.Name, Channel: channel, Key: ChannelKey.Of(channel))))
            .Where(way => way.Channel.On.HasFlag(Jobs.NoticeEvents.Failure))
            .DistinctBy(way => way.Key);
        foreach (var (job, channel, key) in channels)
        {
            if (queue.Notices.LastTold(job, Event, key) is { } last && last.At <= now && now - last.At < channel.Repeat)
                continue;
            queue.Notices.Add(parts.Context.Device, job, Event, key, Message.OfStall(job, what, parts.Context.Device, now), now);
        }
    }
}
