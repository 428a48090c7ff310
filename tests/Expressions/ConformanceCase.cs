using System.Globalization;
using System.Text.Json;
using Aios.Expressions;

namespace Aios.Tests.Expressions;

/// <summary>A test of cel-spec, as <c>conformance.py</c> wrote it.</summary>
internal sealed record ConformanceCase(string Name, string Expression, IScope Scope, Value? Expected)
{
    public static ConformanceCase Parse(string line)
    {
        var root = JsonElement.Parse(line);
        var scope = new TestScope();
        if (root.TryGetProperty("bind", out var bindings))
        {
            foreach (var binding in bindings.EnumerateObject())
                scope[binding.Name] = ValueOf(binding.Value);
        }

        Value? expected = root.TryGetProperty("value", out var value) ? ValueOf(value) : null;
        return new ConformanceCase(root.GetProperty("name").GetString()!, root.GetProperty("expr").GetString()!, scope, expected);
    }

    private static Value ValueOf(JsonElement typed)
    {
        var member = typed.EnumerateObject().Single();
        var content = member.Value;
        return member.Name switch
        {
            "int" => Value.Of(long.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "uint" => Value.Of(ulong.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "double" => Value.Of(double.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "bool" => Value.Of(content.GetBoolean()),
            "string" => Value.Of(content.GetString()),
            "bytes" => Value.Of(content.GetBytesFromBase64()),
            "null" => Value.Null,
            "type" => Value.OfType(TypeNames.Find(content.GetString()!)!.Value),
            "list" => Value.Of([.. content.EnumerateArray().Select(ValueOf)]),
            "map" => MapOf(content),
            "duration" => Value.Of(new Duration(long.Parse(content.GetString()!, CultureInfo.InvariantCulture))),
            "timestamp" => Value.Of(new Timestamp(long.Parse(content[0].GetString()!), int.Parse(content[1].GetString()!))),
            _ => throw new ArgumentException(member.Name),
        };
    }

    private static Value MapOf(JsonElement members)
    {
        var map = new BuiltMap();
        foreach (var member in members.EnumerateArray())
            Assert.True(map.TryAdd(ValueOf(member[0]), ValueOf(member[1])));
        return Value.Of(map);
    }
}
