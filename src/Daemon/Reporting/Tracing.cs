using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Telemetry;

namespace Aios.Daemon.Reporting;

/// <summary>Makes the spans of what ticks have changed, once it is durable: the trigger's making, its wait, the run.</summary>
internal sealed class Tracing(OtlpExporter exporter)
{
    /// <summary>Hands over the spans that a tick has completed.</summary>
    public void RecordTick(TickResult result)
    {
        foreach (var claim in result.Claimed)
            NoteClaim(claim);
        foreach (var ended in result.Tally.Ended)
            NoteEnd(ended);
    }

    private void NoteClaim(ClaimedRun claim)
    {
        if (claim.Request.Trace is not { IsSampled: true } trace)
            return;
        var job = claim.Request.Job.Name;
        IReadOnlyList<(string, object)> attributes =
        [
            ("aios.job", job),
            ("aios.trigger_id", claim.Request.TriggerId),
            ("aios.source", claim.Source),
        ];
        if (claim.Request.Attempt == 1)
        {
            exporter.Add(
                new Span(
                    trace.TraceId,
                    trace.EnqueueSpan,
                    trace.Parent?.SpanId,
                    $"enqueue {job}",
                    SpanKind.Producer,
                    claim.Origin.Created,
                    claim.Origin.Created
                )
                {
                    Attributes = attributes,
                }
            );
        }

        var since = claim.Request.Attempt == 1 && claim.Origin.Since < claim.At ? claim.Origin.Since : claim.At;
        var span = RunTrace.SpanOf($"{trace.RunSpan}/wait");
        exporter.Add(
            new Span(trace.TraceId, span, trace.EnqueueSpan, $"wait {job}", SpanKind.Internal, since, claim.At)
            {
                Attributes = [.. attributes, ("aios.run_id", claim.Request.RunId), ("aios.attempt", (long)claim.Request.Attempt)],
            }
        );
    }

    private void NoteEnd(EndedRun ended)
    {
        if (ended.Trace is not { IsSampled: true } trace)
            return;
        List<(string, object)> attributes =
        [
            ("aios.job", ended.Run.JobName),
            ("aios.trigger_id", ended.Run.TriggerId),
            ("aios.run_id", ended.Run.Id),
            ("aios.attempt", (long)ended.Run.Attempt),
            ("aios.status", ended.End.Status.Name()),
        ];
        if (ended.End.ExitCode is { } code)
            attributes.Add(("process.exit.code", (long)code));
        if (ended.End.CpuSeconds is { } cpu)
            attributes.Add(("aios.cpu_seconds", cpu));
        if (ended.End.PeakMemory is { } peak)
            attributes.Add(("aios.peak_memory_bytes", peak));
        exporter.Add(
            new Span(
                trace.TraceId,
                trace.RunSpan,
                trace.EnqueueSpan,
                $"run {ended.Run.JobName}",
                SpanKind.Consumer,
                ended.Started,
                ended.End.Ended
            )
            {
                Attributes = attributes,
                Failure = ended.End.Status == RunStatus.Succeeded ? null : ended.End.Reason ?? ended.End.Status.Name(),
            }
        );
    }
}
