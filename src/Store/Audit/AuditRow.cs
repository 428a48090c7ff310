namespace Aios.Store.Audit;

/// <summary>A row of the audit as it stands in the table.</summary>
/// <param name="Id">1 for the first, then without gaps.</param>
/// <param name="Seconds">The entry's instant as it is stored, Unix seconds.</param>
/// <param name="Entry">What was changed.</param>
/// <param name="Hash">See <see cref="AuditChain"/>.</param>
internal sealed record AuditRow(long Id, double Seconds, AuditEntry Entry, string Hash)
{
    /// <summary>Its place in the chain.</summary>
    public AuditHead Head => new(Id, Hash);
}
