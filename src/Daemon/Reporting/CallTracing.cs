using System.Collections.Concurrent;
using System.Globalization;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Store;
using Aios.Store.Models;
using Aios.Telemetry;

namespace Aios.Daemon.Reporting;

/// <summary>
/// Makes a span of each attempt of a call to a language model, by OpenTelemetry's conventions for generative AI: within the trace of
/// the caller, or else of the run whose program asked; of others, in a trace for each call.
/// </summary>
internal sealed class CallTracing(DaemonContext context, LiveModelSettings models, OtlpExporter exporter)
{
    private const int MostRuns = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<long, RunTrace> _runs = new();

    /// <summary>Hands over the span of an attempt.</summary>
    public void Record(CallRecord call, AnswerFacts facts)
    {
        if (!context.IsTraced)
            return;
        // A program that makes spans of its own says of which of them the call is part.
        var parent = facts.Parent ?? (call.RunId is { } id ? ParentOf(id) : null);
        if (parent is { IsSampled: false })
            return;
        var settings = models.Current;
        var operation = GenAiNames.OperationOf(call);
        var model = GenAiNames.ModelOf(call, settings);
        exporter.Add(
            new Span(
                parent?.TraceId ?? RunTrace.TraceOf(string.Create(CultureInfo.InvariantCulture, $"{context.DatabaseId}/call/{call.Call}")),
                RunTrace.SpanOf(string.Create(CultureInfo.InvariantCulture, $"{context.DatabaseId}/attempt/{call.Id}")),
                parent?.SpanId,
                $"{operation} {model}",
                SpanKind.Client,
                call.Created,
                call.Created + (call.Duration ?? TimeSpan.Zero)
            )
            {
                Attributes = [.. AttributesOf(call, facts, operation, model, GenAiNames.ProviderOf(call, settings))],
                Failure = call.Outcome == CallOutcome.Ok ? null : call.Reason ?? call.Outcome.Name(),
            }
        );
    }

    private static IEnumerable<(string, object)> AttributesOf(
        CallRecord call,
        AnswerFacts facts,
        string operation,
        string model,
        string provider
    )
    {
        yield return (GenAiNames.Operation, operation);
        if (provider.Length > 0)
            yield return (GenAiNames.Provider, provider);
        yield return (GenAiNames.RequestModel, model);
        if (call.ResponseId is { } answer)
            yield return (GenAiNames.ResponseId, answer);
        if (facts.Model is { } answered)
            yield return (GenAiNames.ResponseModel, answered);
        if (facts.Finish is { } finish)
            yield return (GenAiNames.FinishReasons, (string[])[GenAiNames.FinishOf(finish)]);
        if (call.Outcome == CallOutcome.Ok)
        {
            yield return (GenAiNames.InputTokens, GenAiNames.InputOf(call.Tokens));
            yield return (GenAiNames.OutputTokens, GenAiNames.OutputOf(call.Tokens));
        }

        if (GenAiNames.ErrorOf(call) is { } error)
            yield return (GenAiNames.ErrorType, error);
        yield return ("aios.call", call.Call);
        yield return ("aios.attempt", (long)call.Attempt);
        yield return ("aios.route", call.Route);
        if (call.Model is { } name)
            yield return ("aios.model", name);
        if (call.JobName is { } job)
            yield return ("aios.job", job);
        if (call.RunId is { } run)
            yield return ("aios.run_id", run);
        yield return ("aios.cost_dollars", (double)call.Cost);
    }

    private TraceParent? ParentOf(long runId) =>
        TraceOf(runId) is { } run ? new TraceParent(run.TraceId, run.RunSpan, run.IsSampled) : null;

    // The run may be over by now, so its row is asked. A call without its run's trace is better than none.
    private RunTrace? TraceOf(long runId)
    {
        if (_runs.TryGetValue(runId, out var known))
            return known;
        try
        {
            using var reader = context.Settings.Database.Read(Patience);
            if (reader?.Calls.TraceOf(runId) is not var (trigger, parent))
                return null;
            if (_runs.Count >= MostRuns)
                _runs.Clear();
            return _runs[runId] = RunTrace.Of(context.DatabaseId, trigger, runId, parent);
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
