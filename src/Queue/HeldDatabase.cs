using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aios.Queue;

/// <summary>
/// A database that nobody else can use for now, because another is to be put in its place. What stands beside it in a
/// journal or a write-ahead log has been brought into it.
/// </summary>
public sealed class HeldDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    private HeldDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Takes hold of it; null if it is too damaged for that.</summary>
    /// <exception cref="QueueException">Others use it.</exception>
    public static HeldDatabase? Take(string path)
    {
        SqliteLibrary.Use();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 5 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = DELETE");
            Execute(connection, "BEGIN EXCLUSIVE");
            return new HeldDatabase(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            if (!StoreTrouble.CanPass(error.SqliteErrorCode)) return null;
            throw new QueueException(StoreTrouble.GaveUp(error.SqliteErrorCode, path), error);
        }
    }

    /// <summary>The daemons that it knows; none if it is not one of AIOS.</summary>
    public IReadOnlyList<DeviceRecord> Devices() => DevicesIn(_connection);

    /// <summary>As above, without taking hold; null if it is too damaged to be read.</summary>
    public static IReadOnlyList<DeviceRecord>? DevicesIn(string path)
    {
        SqliteLibrary.Use();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            Execute(connection, "SELECT count(*) FROM sqlite_master");
            return DevicesIn(connection);
        }
        catch (SqliteException error) when (!StoreTrouble.CanPass(error.SqliteErrorCode))
        {
            return null;
        }
        catch (SqliteException error)
        {
            throw new QueueException(StoreTrouble.GaveUp(error.SqliteErrorCode, path), error);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _connection.Dispose();

    private static IReadOnlyList<DeviceRecord> DevicesIn(SqliteConnection connection)
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

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
