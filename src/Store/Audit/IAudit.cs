namespace Aios.Store.Audit;

/// <summary>
/// Who changed what. Rows are appended by whoever makes the change, in the transaction of the change; SQLite itself
/// refuses to alter or remove them.
/// </summary>
internal interface IAudit
{
    /// <summary>Why the end of the chain could not be written down outside of the database; null if it could.</summary>
    string? Trouble { get; }

    /// <summary>The last row; <see cref="AuditHead.Start"/> if there is none.</summary>
    AuditHead Head();

    /// <summary>Writes down what the transaction changes.</summary>
    void Append(AuditEntry entry);
}
