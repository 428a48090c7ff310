using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>Waits for the ends of runs, and tells each.</summary>
internal sealed class RunEnds(Settings settings, CliContext context)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    /// <summary>Waits as long as the daemons that own them live; the answer is those that are over.</summary>
    public IReadOnlyList<RunSummary> Wait(IReadOnlyList<long> runs)
    {
        using var reader = settings.Database.Read()!;
        using var changes = settings.Database.Follow(reader);
        var left = new SortedSet<long>(runs);
        var ended = new List<RunSummary>();
        var started = context.Clock.GetTimestamp();
        var hasTold = false;
        while (true)
        {
            foreach (var run in left.Select(reader.Run).OfType<RunSummary>().Where(run => run.Ended is not null).ToList())
            {
                left.Remove(run.Id);
                ended.Add(run);
            }

            if (left.Count == 0 || !AnyOwnerLives(reader, left))
                return ended;
            if (!hasTold && (context.ErrorColumns is not null || context.Clock.GetElapsedTime(started) >= LongestSilence))
            {
                context.Say(WhatItWaitsFor(reader, left));
                hasTold = true;
            }

            changes.Wait();
        }
    }

    private static string WhatItWaitsFor(IStoreReader reader, SortedSet<long> left)
    {
        var what = left.Count == 1 ? $"run {left.Min} of job \"{reader.Run(left.Min)?.JobName}\" has" : $"{left.Count} runs have";
        return $"waiting until {what} ended: TERM first, KILL after the job's grace. Ctrl-C ends only the waiting.";
    }

    private bool AnyOwnerLives(IStoreReader reader, IEnumerable<long> runs)
    {
        var alive = reader.Devices().Where(device => device.SeemsAlive(context.Now)).Select(device => device.Device).ToHashSet();
        return runs.Select(reader.Run).OfType<RunSummary>().Any(run => alive.Contains(run.Device));
    }
}
