namespace Aios.Store.Audit;

/// <summary>The end of the chain: whoever knows it can tell later whether all that was before is still there as it was.</summary>
/// <param name="Id">The number of the last row; 0 if there is none.</param>
/// <param name="Hash">Its hash; empty if there is none.</param>
internal sealed record AuditHead(long Id, string Hash)
{
    /// <summary>Where each chain begins.</summary>
    public static readonly AuditHead Start = new(0, "");

    /// <inheritdoc />
    public override string ToString() => $"{Id}:{Hash}";
}
