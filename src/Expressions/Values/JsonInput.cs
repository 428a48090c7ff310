using System.Text;
using System.Text.Json;
using Aios.Platform;

namespace Aios.Expressions;

/// <summary>JSON texts as the runtime reads them.</summary>
internal static class JsonInput
{
    /// <summary>UTF-8. Half of a surrogate pair, which has no UTF-8, is escaped.</summary>
    public static byte[] ToUtf8(string json) =>
        Encoding.UTF8.GetBytes(RawJson.LoneSurrogate(json) < 0 ? json : new JsonOutput().AppendSurrogates(json).ToString());

    public static ExpressionException NotJson(ReadOnlySpan<byte> json, JsonException error) =>
        new($"it is not valid JSON: {JsonFault.Words(json, error)}", 0);
}
