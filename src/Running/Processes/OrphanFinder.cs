using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>
/// Finds and ends what a daemon that died left running: processes with its marker in their environment (which finds those
/// started but never recorded), of a recorded session (which finds those that changed their environment), and all that
/// came from them. Does nothing on systems other than Linux.
/// </summary>
internal sealed class OrphanFinder(TimeProvider time)
{
    private static readonly TimeSpan FirstNap = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(250);

    /// <summary>TERM to all, KILL after the grace, until none is left. This process and its ancestors are spared.</summary>
    /// <param name="isMarked">Whether a value of <c>AIOS_MARK</c> is the dead daemon's.</param>
    /// <param name="recorded">Main processes it recorded, in this boot of the machine.</param>
    /// <param name="grace">From TERM to KILL.</param>
    /// <param name="cancel">Gives up; what is left stays.</param>
    /// <returns>How many processes there were, and the runs of those that were found by their marker.</returns>
    public async Task<(int Processes, IReadOnlySet<long> Runs)> EndAll(
        Func<string, bool> isMarked,
        IReadOnlyCollection<ProcessIdentity> recorded,
        TimeSpan grace,
        CancellationToken cancel = default
    )
    {
        if (!OperatingSystem.IsLinux())
        {
            return (0, new HashSet<long>());
        }

        var search = new OrphanSearch(isMarked, recorded);
        var seen = new HashSet<ProcessIdentity>();
        var since = time.GetTimestamp();
        for (var nap = FirstNap; search.Find() is { Count: > 0 } orphans; nap = Longer(nap))
        {
            var kill = time.GetElapsedTime(since) >= grace;
            foreach (var orphan in orphans)
            {
                // Each hears TERM once, also one that appears late.
                var isNew = seen.Add(orphan);
                if (kill || isNew)
                {
                    OrphanSearch.Signal(orphan, kill);
                }
            }

            await Task.Delay(nap, cancel);
        }

        return (seen.Count, search.Runs);
    }

    private static TimeSpan Longer(TimeSpan nap) => nap * 2 > LongestNap ? LongestNap : nap * 2;
}
