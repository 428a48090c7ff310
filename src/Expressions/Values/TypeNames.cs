namespace Aios.Expressions;

/// <summary>The names that CEL has for its types.</summary>
internal static class TypeNames
{
    public static string Of(ValueKind kind) =>
        kind switch
        {
            ValueKind.Null => "null_type",
            ValueKind.Bool => "bool",
            ValueKind.Int => "int",
            ValueKind.Uint => "uint",
            ValueKind.Double => "double",
            ValueKind.String => "string",
            ValueKind.Bytes => "bytes",
            ValueKind.List => "list",
            ValueKind.Map => "map",
            ValueKind.Timestamp => "google.protobuf.Timestamp",
            ValueKind.Duration => "google.protobuf.Duration",
            _ => "type",
        };

    /// <summary>The type of that name; null if it is none.</summary>
    public static ValueKind? Find(string name)
    {
        for (var kind = ValueKind.Null; kind < ValueKind.Error; kind++)
        {
            if (Of(kind) == name)
                return kind;
        }

        return null;
    }
}
