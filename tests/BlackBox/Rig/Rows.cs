using Microsoft.Data.Sqlite;

namespace Aios.Tests.BlackBox;

/// <summary>A row of <c>triggers</c>.</summary>
internal sealed record TriggerRow(long Id, string Status, string Reason, long Attempt, bool IsClosed)
{
    public static TriggerRow Read(AiosHome home, long id)
    {
        using var connection = home.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT status, coalesce(reason, ''), attempt, processed IS NOT NULL FROM triggers WHERE id = @1";
        command.Parameters.AddWithValue("@1", id);
        using var row = command.ExecuteReader();
        Assert.True(row.Read(), $"there is no trigger {id}");
        return new TriggerRow(id, row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3));
    }
}

/// <summary>A row of <c>runs</c>.</summary>
internal sealed record RunRow(
    long Id,
    string Status,
    string Reason,
    long Attempt,
    long? ExitCode,
    long? Signal,
    string? Result,
    string Device,
    long? Pid,
    double Started,
    double? Ended
)
{
    public static List<RunRow> Read(AiosHome home, string where, object value)
    {
        using var connection = home.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT id, status, coalesce(reason, ''), attempt, exit_code, signal, result, device, pid, started, ended FROM runs WHERE "
            + $"{where} ORDER BY id";
        command.Parameters.AddWithValue("@1", value);
        using var row = command.ExecuteReader();
        var rows = new List<RunRow>();
        while (row.Read())
        {
            rows.Add(
                new RunRow(
                    row.GetInt64(0),
                    row.GetString(1),
                    row.GetString(2),
                    row.GetInt64(3),
                    Number(row, 4),
                    Number(row, 5),
                    row.IsDBNull(6) ? null : row.GetString(6),
                    row.GetString(7),
                    Number(row, 8),
                    row.GetDouble(9),
                    row.IsDBNull(10) ? null : row.GetDouble(10)
                )
            );
        }

        return rows;
    }

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
