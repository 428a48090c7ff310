namespace Aios.Telemetry;

/// <summary>What a span is to its neighbours; the numbers are those of OTLP.</summary>
internal enum SpanKind
{
    Internal = 1,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
