namespace Aios.Queue;

/// <summary>Values that belong to the database as a whole.</summary>
public sealed class ConfigTable
{
    private readonly Statements _sql;

    internal ConfigTable(Statements sql) => _sql = sql;

    /// <summary>What tells this database from every other one, for ever: 32 hexadecimal digits.</summary>
    public string DatabaseId() =>
        _sql.Scalar<string>("SELECT value FROM config WHERE key = 'database_id'")
        ?? throw new QueueException("The database has lost its id (config.database_id). Restore a backup, or set it to 32 hexadecimal digits.");
}
