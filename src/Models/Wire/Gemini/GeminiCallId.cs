namespace Aios.Models.Wire.Gemini;

/// <summary>
/// The id of a request for a tool. Gemini may leave it out, and signs its thoughts: the signature must come back with the request,
/// and other formats have no place for it but the id.
/// </summary>
internal static class GeminiCallId
{
    private const char Mark = '~';

    /// <summary>The id for others.</summary>
    public static string Of(string? id, string? signature)
    {
        id ??= $"call_{Guid.NewGuid():n}";
        return signature is null ? id : $"{id}{Mark}{signature}";
    }

    /// <summary>The signature in an id; null if there is none.</summary>
    public static string? SignatureOf(string id) =>
        id.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var mark ? id[(mark + 1)..] : null;
}
