using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>Runs of a job that follow each other and ended alike: one line for people, so that one job does not fill the screen.</summary>
/// <param name="Newest">The newest of them.</param>
/// <param name="Count">How many they are.</param>
internal sealed record RunStreak(RunSummary Newest, int Count)
{
    /// <summary>The newest streaks of these runs, which are in order, the newest first. Runs of other jobs may lie between.</summary>
    public static List<RunStreak> Of(IEnumerable<RunSummary> runs, int most)
    {
        var streaks = new List<RunStreak>();
        var current = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            if (current.TryGetValue(run.JobName, out var index) && (index < 0 || streaks[index].Newest.Status == run.Status))
            {
                if (index >= 0)
                    streaks[index] = streaks[index] with { Count = streaks[index].Count + 1 };
                continue;
            }

            // What does not fit any more must not make an older streak of its job look longer than it is.
            current[run.JobName] = streaks.Count < most ? streaks.Count : -1;
            if (streaks.Count < most)
                streaks.Add(new RunStreak(run, 1));
        }

        return streaks;
    }
}
