using System.Text.Json;
using Aios.Platform;

namespace Aios.Flows;

/// <summary>
/// The lists that steps run through, item by item. They follow from what is in the database; the latest are kept, for reading a
/// long one again for each of its items would take long.
/// </summary>
internal sealed class ItemLists
{
    private const int Most = 8;

    private readonly Dictionary<(long Flow, string Step), IReadOnlyList<string>> _lists = [];

    /// <summary>The items as JSON.</summary>
    public IReadOnlyList<string> Get(long flowId, string step, Func<string> evaluate)
    {
        if (_lists.TryGetValue((flowId, step), out var known))
            return known;
        if (_lists.Count >= Most)
            _lists.Clear();
        return _lists[(flowId, step)] = Split(evaluate());
    }

    /// <summary>A list is not needed any more, or may be another one.</summary>
    public void Forget(long flowId, string step) => _lists.Remove((flowId, step));

    /// <summary>Forgets all: what they followed from may have been rolled back.</summary>
    public void Clear() => _lists.Clear();

    /// <summary>The items of a list as JSON.</summary>
    /// <exception cref="StepException">It is no list.</exception>
    public static List<string> Split(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new StepException($"each: found a JSON {Kind(document.RootElement)}, expected a list");
        var items = new List<string>(document.RootElement.GetArrayLength());
        foreach (var item in document.RootElement.EnumerateArray())
            items.Add(item.GetRawText());
        return items;
    }

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
