using System.CommandLine;
using Aios.Control;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>Tells what came of a request that runs end.</summary>
internal sealed class StopReport(Settings settings, CliContext context, bool json, bool noWait)
{
    /// <summary>The option that goes with it.</summary>
    public static Option<bool> NoWait() => new("--no-wait") { Description = "Do not wait until the runs have ended" };

    /// <summary>Waits for the ends unless told not to, and says how they ended.</summary>
    /// <param name="asked">The runs that were asked to end.</param>
    /// <param name="canceled">Number of triggers that were canceled before they started.</param>
    /// <param name="note">What is to be said besides.</param>
    public int Tell(IReadOnlyList<long> asked, int canceled, string? note = null)
    {
        var ended = noWait || asked.Count == 0 ? [] : new RunEnds(settings, context).Wait(asked);
        var left = asked.Except(ended.Select(run => run.Id)).ToList();
        if (json)
            WriteJson(ended, left, canceled);
        else
            WriteText(ended, left, canceled, note);
        return ExitCode.Good;
    }

    private void WriteText(IReadOnlyList<RunSummary> ended, List<long> left, int canceled, string? note)
    {
        foreach (var run in ended)
            context.Out.WriteLine(
                $"Run {run.Id} of job \"{run.JobName}\": {run.Status}{(run.Reason is { } reason ? $" ({reason})" : "")}."
            );
        if (left.Count > 0)
            context.Out.WriteLine($"Asked to end: run {string.Join(", ", left)}.");
        if (left.Count > 0 && !noWait)
            context.Say("no daemon that runs it is alive; the next one that starts takes care of it.");
        if (canceled > 0)
            context.Out.WriteLine($"Took back {Words.Count(canceled, "trigger")} that had not started.");
        if (ended.Count + left.Count + canceled == 0)
            context.Out.WriteLine("No run is running, and no trigger is waiting.");
        if (note is not null)
            context.Out.WriteLine(note);
    }

    private void WriteJson(IReadOnlyList<RunSummary> ended, List<long> left, int canceled) => JsonOutput.Write(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteArray("ended", ended, (json, run) => json.WriteRun(run));
            writer.WriteArray("asked", left, (json, id) => json.WriteNumberValue(id));
            writer.WriteNumber("canceled_triggers", canceled);
            writer.WriteEndObject();
        });
}
