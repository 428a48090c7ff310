using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire;

/// <summary>Reads the JSON of a provider.</summary>
internal static class StreamJson
{
    private const int LongestShown = 120;

    /// <exception cref="ProviderErrorException">It is no JSON object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            var parsed = JsonDocument.Parse(data);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
                return parsed;
            parsed.Dispose();
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw new ProviderErrorException(FailureKind.BadAnswer, $"found \"{Shown(data.Span)}\", expected a JSON object");
    }

    /// <summary>The beginning of some bytes, for a message.</summary>
    public static string Shown(ReadOnlySpan<byte> data)
    {
        var text = System.Text.Encoding.UTF8.GetString(data[..Math.Min(data.Length, LongestShown)]);
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
