using Aios.Store.Devices;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Tables;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Store.Sqlite.Files;

/// <summary>
/// A database that nobody else can use for now, because another is to be put in its place. What stands beside it in a
/// journal or a write-ahead log has been brought into it.
/// </summary>
internal sealed class ExclusiveDatabase : IDisposable
{
    private readonly SqliteDatabase _connection;

    private ExclusiveDatabase(SqliteDatabase connection) => _connection = connection;

    /// <summary>Takes hold of it; null if it is too damaged for that.</summary>
    /// <exception cref="StoreException">Others use it.</exception>
    public static ExclusiveDatabase? Take(string path)
    {
        SqliteDatabase? connection = null;
        try
        {
            connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
            connection.Patience = TimeSpan.FromSeconds(5);
            connection.Execute("PRAGMA journal_mode = DELETE");
            connection.Execute("BEGIN EXCLUSIVE");
            return new ExclusiveDatabase(connection);
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            if (!SqliteTrouble.CanPass(error.SqliteErrorCode))
                return null;
            throw SqliteTrouble.HasGivenUp(error.SqliteErrorCode, path);
        }
    }

    /// <summary>The daemons that it knows; none if it is not one of AIOS.</summary>
    public IReadOnlyList<DeviceRecord> Devices() => SqliteStoreException.Translated(() => DevicesIn(_connection));

    /// <summary>As above, without taking hold; null if it is too damaged to be read.</summary>
    public static IReadOnlyList<DeviceRecord>? DevicesIn(string path)
    {
        try
        {
            using var connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
            connection.Patience = TimeSpan.FromSeconds(10);
            connection.Execute("SELECT count(*) FROM sqlite_master");
            return DevicesIn(connection);
        }
        catch (SqliteException error) when (!SqliteTrouble.CanPass(error.SqliteErrorCode))
        {
            return null;
        }
        catch (SqliteException error)
        {
            throw SqliteTrouble.HasGivenUp(error.SqliteErrorCode, path);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _connection.Dispose();

    private static IReadOnlyList<DeviceRecord> DevicesIn(SqliteDatabase connection)
    {
        using var statements = new Statements(connection);
        try
        {
            return new DeviceTable(statements).All();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return [];
        }
    }
}
