using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Formats;

/// <summary>How a value of one kind is read from a list, described to people and editors, and written as JSON.</summary>
internal abstract class FieldFormat<T>
{
    /// <summary>The kind of value, in a few words, for the table of fields.</summary>
    public abstract string Kind { get; }

    /// <summary>What a value looks like, to follow "expected".</summary>
    public abstract string Expected { get; }

    /// <summary>Reads a value, or tells what is wrong and returns false. Never sees null: that is "not given".</summary>
    public abstract bool TryRead(YamlNode node, Reporter report, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes the keywords of JSON Schema into an object that is open.</summary>
    public abstract void WriteSchema(Utf8JsonWriter json);

    /// <summary>Writes a value as the list would have it.</summary>
    public abstract void WriteValue(Utf8JsonWriter json, T value);

    /// <summary>Tells that the node is not what was expected.</summary>
    protected bool Fail(YamlNode node, Reporter report, [MaybeNull] out T value)
    {
        value = default;
        return report.Unexpected(node, Expected);
    }
}
