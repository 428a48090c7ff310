namespace Aios.Cli;

/// <summary>What becomes of a column where a table does not fit.</summary>
internal enum ColumnKind
{
    /// <summary>It stays whole.</summary>
    Fixed,

    /// <summary>The same; its words say how something stands, and are coloured by that.</summary>
    Status,

    /// <summary>It is cut.</summary>
    Text,

    /// <summary>It is left out where cutting texts is not enough.</summary>
    Spare,
}
