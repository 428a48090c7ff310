namespace Aios.Telemetry;

/// <summary>
/// Which trace, and which span of it, something belongs to: the header and variable <c>traceparent</c> of W3C Trace Context.
/// </summary>
/// <param name="TraceId">32 hexadecimal digits, not all 0.</param>
/// <param name="SpanId">16 hexadecimal digits, not all 0.</param>
/// <param name="IsSampled">Whether its spans are kept.</param>
internal sealed record TraceParent(string TraceId, string SpanId, bool IsSampled)
{
    private const int Length = 55;

    /// <summary>Reads one; null if it is none.</summary>
    public static TraceParent? Parse(string? text)
    {
        // Later versions may have more behind it.
        if (
            text is null
            || text.Length < Length
            || (text.Length > Length && (text.StartsWith("00", StringComparison.Ordinal) || text[Length] != '-'))
        )
            return null;
        if (text[2] != '-' || text[35] != '-' || text[52] != '-' || text.StartsWith("ff", StringComparison.Ordinal))
            return null;
        var (version, trace, span, flags) = (text[..2], text[3..35], text[36..52], text[53..55]);
        if (!IsHex(version) || !IsHex(trace) || !IsHex(span) || !IsHex(flags) || IsZero(trace) || IsZero(span))
            return null;
        return new TraceParent(trace, span, (Convert.FromHexString(flags)[0] & 1) == 1);
    }

    /// <inheritdoc />
    public override string ToString() => $"00-{TraceId}-{SpanId}-{(IsSampled ? "01" : "00")}";

    private static bool IsHex(string text) => text.All(digit => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static bool IsZero(string text) => text.All(digit => digit == '0');
}
