namespace Aios.Tests.BlackBox;

/// <summary>A row of <c>calls</c>.</summary>
internal sealed record CallRow(long Id, string Outcome, double Cost, string Counted, string Reason)
{
    /// <summary>Those of a model, the first one first.</summary>
    public static List<CallRow> Read(AiosHome home, string model)
    {
        using var connection = home.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, outcome, coalesce(cost, 0.0), coalesce(counted, ''), coalesce(reason, '') FROM calls WHERE model = @1 ORDER BY id
            """;
        command.Parameters.AddWithValue("@1", model);
        using var row = command.ExecuteReader();
        var rows = new List<CallRow>();
        while (row.Read())
            rows.Add(new CallRow(row.GetInt64(0), row.GetString(1), row.GetDouble(2), row.GetString(3), row.GetString(4)));
        return rows;
    }
}
