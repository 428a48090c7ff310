namespace Aios.Expressions;

/// <summary>Compares keys of maps. 1, 1u and 1.0 are the same key.</summary>
internal sealed class KeyComparer : IEqualityComparer<Value>
{
    public static readonly KeyComparer Instance = new();

    private KeyComparer() { }

    public static bool IsKey(in Value value) =>
        value.Kind is ValueKind.String or ValueKind.Int or ValueKind.Uint or ValueKind.Bool or ValueKind.Double;

    public bool Equals(Value x, Value y)
    {
        if (x.IsNumber && y.IsNumber)
            return Comparison.OfNumbers(x, y) == 0;
        if (x.Kind != y.Kind)
            return false;
        return x.Kind switch
        {
            ValueKind.String => x.AsString() == y.AsString(),
            ValueKind.Bool => x.AsBool() == y.AsBool(),
            _ => false,
        };
    }

    // Numbers of all types as doubles: those that are equal have the same hash.
    public int GetHashCode(Value obj) =>
        obj.Kind switch
        {
            ValueKind.String => obj.AsString().GetHashCode(StringComparison.Ordinal),
            ValueKind.Bool => obj.AsBool().GetHashCode(),
            ValueKind.Int or ValueKind.Uint or ValueKind.Double => Comparison.ToDouble(obj).GetHashCode(),
            _ => 0,
        };
}
