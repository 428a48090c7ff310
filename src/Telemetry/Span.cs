namespace Aios.Telemetry;

/// <summary>Something that took a while, as part of a trace. Instants are UTC.</summary>
internal sealed record Span(
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Name,
    SpanKind Kind,
    DateTimeOffset Start,
    DateTimeOffset End
)
{
    /// <summary>What is known of it: texts, whole numbers and fractions.</summary>
    public IReadOnlyList<(string Name, object Value)> Attributes { get; init; } = [];

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Failure { get; init; }
}
