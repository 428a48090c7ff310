namespace Aios.Expressions;

/// <summary>The types of CEL.</summary>
internal enum ValueKind : byte
{
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,

    /// <summary>A type, as <c>type(1)</c> is.</summary>
    Type,

    /// <summary>Why there is no value. It never leaves an evaluation.</summary>
    Error,
}
