using System.Text;
using Aios.Platform;

namespace Aios.Telemetry;

/// <summary>
/// The trace of a run: from its trigger's making through its claim to its program. The ids follow from the numbers of the
/// rows, so they are the same after a restart, for each attempt, and for whoever computes them.
/// </summary>
/// <param name="TraceId">32 hexadecimal digits.</param>
/// <param name="EnqueueSpan">The span of the trigger's making, 16 digits.</param>
/// <param name="RunSpan">The span of the run, under which its program puts its own.</param>
/// <param name="Parent">What whoever made the trigger was doing; null if they did not say.</param>
internal sealed record RunTrace(string TraceId, string EnqueueSpan, string RunSpan, TraceParent? Parent)
{
    private const int TraceDigits = 32;
    private const int SpanDigits = 16;

    /// <summary>Whether its spans are kept, as far as whoever made the trigger decided that.</summary>
    public bool IsSampled => Parent?.IsSampled ?? true;

    /// <summary>The trace of a run of a trigger.</summary>
    /// <param name="databaseId">Tells numbers of this database from those of all others.</param>
    /// <param name="triggerId">The trigger.</param>
    /// <param name="runId">The run.</param>
    /// <param name="traceParent">What stands in the trigger's row.</param>
    public static RunTrace Of(string databaseId, long triggerId, long runId, string? traceParent)
    {
        var parent = TraceParent.Parse(traceParent);
        return new RunTrace(
            parent?.TraceId ?? Digits($"{databaseId}/trace/{triggerId}", TraceDigits),
            Digits($"{databaseId}/enqueue/{triggerId}", SpanDigits),
            Digits($"{databaseId}/run/{runId}", SpanDigits),
            parent
        );
    }

    /// <summary>What the program is told; null if there is no trace that it could go on.</summary>
    /// <param name="isExported">Whether the run's own span reaches anybody; else the program belongs directly under the caller's.</param>
    public string? ForProgram(bool isExported) => isExported ? new TraceParent(TraceId, RunSpan, IsSampled).ToString() : Parent?.ToString();

    /// <summary>The id of a trace that is not that of a run.</summary>
    public static string TraceOf(string text) => Digits(text, TraceDigits);

    /// <summary>The id of a span that follows from others.</summary>
    public static string SpanOf(string text) => Digits(text, SpanDigits);

    private static string Digits(string text, int count) => Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(text)))[..count];
}
