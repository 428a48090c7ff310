using Aios.Expressions;

namespace Aios.Tests.Expressions;

/// <summary>Whether values are the same in type and content, where CEL's == finds 1 and 1.0 equal.</summary>
internal static class SameValue
{
    public static bool Are(Value a, Value b) =>
        a.Kind == b.Kind
        && a.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Bool => a.AsBool() == b.AsBool(),
            ValueKind.Int => a.AsInt() == b.AsInt(),
            ValueKind.Uint => a.AsUint() == b.AsUint(),
            ValueKind.Double => a.AsDouble().Equals(b.AsDouble()),
            ValueKind.String => a.AsString() == b.AsString(),
            ValueKind.Bytes => a.AsBytes().AsSpan().SequenceEqual(b.AsBytes()),
            ValueKind.List => a.AsList().Count == b.AsList().Count && a.AsList().Zip(b.AsList()).All(pair => Are(pair.First, pair.Second)),
            ValueKind.Map => a.AsMap().Count == b.AsMap().Count && a.AsMap().Keys.All(key => HaveSame(a.AsMap(), b.AsMap(), key)),
            ValueKind.Timestamp => a.AsTimestamp() == b.AsTimestamp(),
            ValueKind.Duration => a.AsDuration() == b.AsDuration(),
            ValueKind.Type => a.AsType() == b.AsType(),
            _ => false,
        };

    private static bool HaveSame(MapValue a, MapValue b, Value key) =>
        a.TryGet(key, out var left) && b.TryGet(key, out var right) && Are(left, right);
}
