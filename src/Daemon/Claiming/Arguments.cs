using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Daemon.Claiming;

/// <summary>
/// The arguments of a run: the trigger's own, laid over the job's. Positional ones take the place of the job's as a
/// whole; named ones key by key.
/// </summary>
internal static class Arguments
{
    /// <summary>False, with the defect, if the trigger's are not a JSON array and object.</summary>
    public static bool TryMerge(Job job, string args, string kwargs, out (string Args, string Kwargs) merged, out string? defect)
    {
        merged = default;
        defect = Defect("args", args, JsonValueKind.Array, "an array such as [\"a\", 1]")
            ?? Defect("kwargs", kwargs, JsonValueKind.Object, "an object such as {\"key\": \"value\"}");
        if (defect is not null)
            return false;
        merged = (IsNothing(args, "[]") ? job.ArgsJson : args, MergeObjects(job.KwargsJson, kwargs));
        return true;
    }

    private static bool IsNothing(string json, string empty) => json == empty || json.AsSpan().Trim() is "null" or "[]";

    private static string? Defect(string name, string json, JsonValueKind expected, string example)
    {
        if (json is "[]" or "{}" && json[0] == (expected == JsonValueKind.Array ? '[' : '{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, DeepJson.Options);
            var found = document.RootElement.ValueKind;
            if (found == expected || found == JsonValueKind.Null)
                return null;
            return $"{name}: a JSON {found.ToString().ToLowerInvariant()}; expected {example}";
        }
        catch (JsonException error)
        {
            return JsonNesting.IsTooDeep(json)
                ? $"{name}: nested deeper than {DeepJson.MaxDepth} levels; expected {example}"
                : $"{name}: not JSON (byte {error.BytePositionInLine}); expected {example}";
        }
    }

    private static string MergeObjects(string below, string above)
    {
        if (above is "{}" || above.AsSpan().Trim() is "null")
            return below;
        return below == "{}" ? above : RawJson.LayOver(below, above);
    }
}
