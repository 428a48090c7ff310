using Aios.Store.Sqlite;

namespace Aios.Store;

/// <summary>Chooses the kind of a database by its address: the one place that knows which kinds there are.</summary>
internal static class Databases
{
    /// <summary>The database at an address: the path of a file.</summary>
    public static IDatabase At(string address) => new SqliteFile(address);
}
