using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Store;
using Aios.Store.Runs;
using Aios.Store.Triggers;

namespace Aios.Doctor;

/// <summary>
/// Runs that should be over: beyond their timeout, never really started, left by a daemon that is gone, or far longer than usual.
/// </summary>
internal sealed class StuckRunsCheck : ICheck
{
    private const int MostLookedAt = 1000;
    private const int Compared = 20;
    private const int LeastCompared = 5;
    private const int FarLonger = 10;
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WorthAWord = TimeSpan.FromMinutes(10);

    public string Name => "runs";

    public Finding Look(ExaminationInput setUp)
    {
        using var reader = setUp.Settings.Database.Read();
        if (reader is null)
            return Finding.Ok("nothing has run here yet");
        var now = setUp.Clock.GetUtcNow();
        var online = reader.Devices().Where(device => device.SeemsAlive(now)).Select(device => device.Device).ToHashSet();
        var runs = reader.GoingOn(MostLookedAt);
        var stuck = runs.Select(run => WhyStuck(run, setUp.List?.FindPart(run.JobName), online, now)).OfType<string>().ToList();
        if (stuck.Count > 0)
            return Finding.Problem(
                $"{stuck.Count} stuck; {stuck[0]}",
                "`aios stop --now ID` ends them; what is left of a daemon that is gone ends when it starts again."
            );
        var slow = runs.Select(run => WhySlow(run, setUp.List?.Find(run.JobName), reader, now)).OfType<string>().ToList();
        if (slow.Count > 0)
            return Finding.Note(
                $"{runs.Count} running; {slow[0]}",
                "See `aios logs ID` for what it does; a `timeout` in the job list ends such a run by itself."
            );
        return Finding.Ok($"{runs.Count} running, none stuck");
    }

    private static string? WhyStuck(ActiveRun run, Job? job, HashSet<string> online, DateTimeOffset now)
    {
        var took = now - run.Started;
        if (!online.Contains(run.Device))
            return $"run {run.Id} of \"{run.JobName}\" is of device \"{run.Device}\", which is gone";
        if (!run.HasProcess && job?.Work is not LlmWork && took > TimeToStart)
            return $"run {run.Id} of \"{run.JobName}\" has had no process for {took.TotalSeconds:0} s";
        if (job is { Timeout: { } timeout } && took > timeout + job.Grace + TimeToEnd)
            return $"run {run.Id} of \"{run.JobName}\" is still running {(took - timeout).TotalSeconds:0} s after its timeout";
        return null;
    }

    private static string? WhySlow(ActiveRun run, Job? job, IStoreReader reader, DateTimeOffset now)
    {
        var took = now - run.Started;
        if (took < WorthAWord || run.Source == TriggerSource.Always || job?.IsKeptRunning == true)
            return null;
        var usual = reader.LatestDurations(run.JobName, Compared).Order().ToList();
        if (usual.Count < LeastCompared || took < usual[usual.Count / 2] * FarLonger)
            return null;
        return $"run {run.Id} of \"{run.JobName}\" has been running for {took.TotalMinutes:0} min instead of the usual "
            + $"{usual[usual.Count / 2].TotalSeconds:0.#} s";
    }
}
