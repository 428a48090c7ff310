using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Flows;

/// <summary>JSON in a column that any program may have written.</summary>
internal static class ForeignJson
{
    /// <summary>The text itself if it is JSON, or else the text as a JSON string.</summary>
    public static string OrText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, DeepJson.Options);
            return text;
        }
        catch (JsonException)
        {
            return JsonText.Write(json => json.WriteStringValue(text));
        }
    }
}
