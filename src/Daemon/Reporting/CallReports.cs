using Aios.Models.Calls;
using Aios.Store.Models;

namespace Aios.Daemon.Reporting;

/// <summary>Counts and traces calls to language models that are in the ledger. May be called from any thread.</summary>
internal sealed class CallReports(CallMetrics metrics, CallTracing? tracing)
{
    /// <summary>Takes note of an attempt.</summary>
    public void Record(CallRecord call, AnswerFacts facts)
    {
        metrics.Record(call);
        tracing?.Record(call, facts);
    }
}
