namespace Aios.Store.Sqlite.Driver;

/// <summary>What a connection may do with its file.</summary>
internal enum SqliteAccess
{
    /// <summary>Nothing is changed, not even to roll back what a crash left.</summary>
    Read,

    /// <summary>The file must be there.</summary>
    Write,

    /// <summary>A file that is missing is made.</summary>
    Create,
}
