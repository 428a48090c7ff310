using Aios.Store.Sqlite.Driver;
using Aios.Store.Triggers;

namespace Aios.Store.Sqlite.Tables;

/// <summary>What a row of <c>triggers</c> says to its runs, and how it is read: any program may have written it.</summary>
internal static class TriggerDetailsRow
{
    /// <summary>Asks for the row of a number. Made once: a claim asks for each row.</summary>
    public static readonly string Sql = $"""
        SELECT {ColumnBounds.TooLarge("NULL")}, CAST(coalesce(args, '[]') AS TEXT), CAST(coalesce(kwargs, '{"{}"}') AS TEXT),
            CASE WHEN typeof(created) IN ('real', 'integer') THEN CAST(created AS REAL) ELSE 0.0 END,
            CASE WHEN typeof(run_at) IN ('real', 'integer') THEN CAST(run_at AS REAL) END,
            CASE WHEN typeof(traceparent) = 'text' THEN traceparent END
        FROM triggers WHERE id = ?1
        """;

    /// <summary>The answer.</summary>
    public static TriggerDetails Read(Row row)
    {
        var origin = new TriggerOrigin(
            UnixTime.ToInstant(row.GetDouble(3)),
            row.IsDBNull(4) ? null : UnixTime.ToInstant(row.GetDouble(4)),
            row.IsDBNull(5) ? null : row.GetString(5)
        );
        if (!row.IsDBNull(0))
            return new TriggerDetails("[]", "{}", origin) { Defect = row.GetString(0) };
        return new TriggerDetails(row.GetString(1), row.GetString(2), origin)
        {
            Defect = NotUtf8(row, 1, "args") ?? NotUtf8(row, 2, "kwargs"),
        };
    }

    private static string? NotUtf8(Row row, int column, string name) =>
        row.IsUtf8(column)
            ? null
            : $"{name}: holds bytes that are not UTF-8; expected JSON, in which \\udc80 to \\udcff stand for bytes of file names";
}
