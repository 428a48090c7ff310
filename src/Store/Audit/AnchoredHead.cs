using System.Globalization;

namespace Aios.Store.Audit;

/// <summary>What stands outside of the database about the end of the chain.</summary>
/// <param name="Head">The last row that was written down there.</param>
/// <param name="DatabaseId">Of which database.</param>
/// <param name="At">When that was, as a text in ISO 8601.</param>
internal sealed record AnchoredHead(AuditHead Head, string DatabaseId, string At)
{
    /// <summary>For the audit of the database that came in its place.</summary>
    public string Json() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"database":"{{DatabaseId}}","audit_row":{{Head.Id}},"audit_hash":"{{Head.Hash}}"}"""
        );
}
