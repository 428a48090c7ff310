using Aios.Queue;

namespace Aios.Cli;

/// <summary>Waits for the ends of runs, and tells each.</summary>
internal sealed class RunEnds(Settings settings, CliContext context)
{
    /// <summary>Waits as long as the daemons that own them live; the answer is those that are over.</summary>
    public IReadOnlyList<RunSummary> Wait(IReadOnlyList<long> runs)
    {
        using var reader = QueueReader.Open(settings.DatabasePath)!;
        using var changes = new DatabaseChanges(settings.DatabasePath, reader);
        var left = new SortedSet<long>(runs);
        var ended = new List<RunSummary>();
        while (true)
        {
            foreach (var run in left.Select(reader.Run).OfType<RunSummary>().Where(run => run.Ended is not null).ToList())
            {
                left.Remove(run.Id);
                ended.Add(run);
            }

            if (left.Count == 0 || !AnyOwnerLives(reader, left)) return ended;
            changes.Wait();
        }
    }

    private bool AnyOwnerLives(QueueReader reader, IEnumerable<long> runs)
    {
        var alive = reader.Devices().Where(device => device.SeemsAlive(context.Now)).Select(device => device.Device).ToHashSet();
        return runs.Select(reader.Run).OfType<RunSummary>().Any(run => alive.Contains(run.Device));
    }
}
