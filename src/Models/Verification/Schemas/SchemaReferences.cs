using System.Globalization;
using System.Text.Json;

namespace Aios.Models.Verification.Schemas;

/// <summary>Finds what the references of a schema refer to in the same document.</summary>
internal sealed class SchemaReferences
{
    private const int MostDepth = 64;

    private readonly JsonElement _root;
    private readonly Dictionary<string, JsonElement> _named = new(StringComparer.Ordinal);

    public SchemaReferences(JsonElement root)
    {
        _root = root;
        Collect(root, 0);
    }

    /// <summary>The schema that a reference names; null if there is none.</summary>
    public JsonElement? Find(string reference)
    {
        if (_named.TryGetValue(reference, out var named))
            return named;
        if (!reference.StartsWith('#'))
            return null;
        var pointer = Uri.UnescapeDataString(reference[1..]);
        return pointer.Length == 0 ? _root
            : pointer[0] == '/' ? Follow(pointer)
            : null;
    }

    private JsonElement? Follow(string pointer)
    {
        var at = _root;
        foreach (var part in pointer[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
                at = member;
            else if (
                at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength()
            )
                at = at[index];
            else
                return null;
        }

        return at;
    }

    // What has a name or is an anchor. What constants and examples hold is no schema.
    private void Collect(JsonElement element, int depth)
    {
        if (depth > MostDepth)
            return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, depth + 1);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String && member.Name is "$anchor" or "$id")
                _named.TryAdd((member.Name == "$anchor" ? "#" : "") + member.Value.GetString(), element);
            else if (member.Name is not ("const" or "enum" or "default" or "examples"))
                Collect(member.Value, depth + 1);
        }
    }
}
