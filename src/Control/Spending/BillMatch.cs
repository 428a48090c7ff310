using System.Globalization;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Control.Spending;

/// <summary>What a row of a provider's bill means for the ledger.</summary>
/// <param name="Row">The row.</param>
/// <param name="Verdict">What is to be done.</param>
/// <param name="Call">The attempt that it is about; null if there is none, or nobody knows which.</param>
/// <param name="Detail">Why, if that is not plain.</param>
internal sealed record BillMatch(BillRow Row, BillVerdict Verdict, CallRecord? Call, string? Detail = null)
{
    /// <summary>Compares a bill with the ledger.</summary>
    /// <param name="rows">The bill.</param>
    /// <param name="provider">Whose it is.</param>
    /// <param name="includeAnswered">Whether calls change as well that were answered with their usage.</param>
    /// <param name="calls">The ledger; null if there is none yet.</param>
    public static IReadOnlyList<BillMatch> Match(IReadOnlyList<BillRow> rows, string provider, bool includeAnswered, ICallReader? calls)
    {
        var ids = JsonText.Write(json =>
        {
            json.WriteStartArray();
            foreach (var id in rows.SelectMany(row => row.Ids))
                json.WriteStringValue(id);
            json.WriteEndArray();
        });
        var found = new Dictionary<string, List<CallRecord>>(StringComparer.Ordinal);
        foreach (var call in calls?.OfProvider(provider, ids) ?? [])
        {
            foreach (var id in ((string?[])[call.ProviderRequest, call.ResponseId]).OfType<string>().Distinct())
            {
                if (!found.TryGetValue(id, out var same))
                    found[id] = same = [];
                same.Add(call);
            }
        }

        // An answer that was cut off, or a provider without the header, leaves one of two ids in the ledger.
        var matched = rows.Select(row =>
                (Row: row, Calls: row.Ids.SelectMany(id => found.GetValueOrDefault(id) ?? []).DistinctBy(call => call.Id).ToList())
            )
            .ToList();
        var named = matched.ToLookup(each => each.Calls is [var only] ? only.Id : 0, each => each.Row);
        var repeated = rows.ToLookup(row => row.Id, StringComparer.Ordinal);
        return [.. matched.Select(each => Match(each.Row, each.Calls, repeated[each.Row.Id], named, includeAnswered))];
    }

    private static BillMatch Match(
        BillRow row,
        List<CallRecord> calls,
        IEnumerable<BillRow> same,
        ILookup<long, BillRow> named,
        bool includeAnswered
    )
    {
        if (row.Ids.Count == 0)
            return new(row, BillVerdict.Unmatched, null, "the row has no id");
        if (same.Count() > 1)
            return new(row, BillVerdict.Ambiguous, null, $"lines {Lines(same)} have the same id");
        if (calls.Count == 0)
            return new(row, BillVerdict.Unmatched, null, "no call has this id");
        if (calls is not [var call])
            return new(row, BillVerdict.Ambiguous, null, $"calls {string.Join(", ", calls.Select(each => each.Id))} have this id");
        if (named[call.Id].Count() > 1)
            return new(row, BillVerdict.Ambiguous, call, $"lines {Lines(named[call.Id])} are about the same call");
        if (call.IsSettledAt(row.Amount))
            return new(row, BillVerdict.Unchanged, call);
        var isOpen = call.Outcome == CallOutcome.Unknown || call.Reconciled is not null || call.IsCountedHere;
        return isOpen || includeAnswered
            ? new(row, BillVerdict.Changed, call)
            : new(row, BillVerdict.Differs, call, "the provider reported the usage (--all changes it)");
    }

    private static string Lines(IEnumerable<BillRow> rows) =>
        string.Join(", ", rows.Select(row => row.Line.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What is to be done with a row of a bill.</summary>
internal enum BillVerdict
{
    /// <summary>The call gets this cost.</summary>
    Changed,

    /// <summary>The call has it.</summary>
    Unchanged,

    /// <summary>The call has another cost, by the usage that the provider reported; nothing is done unless somebody says so.</summary>
    Differs,

    /// <summary>No call has this id.</summary>
    Unmatched,

    /// <summary>Several may be meant; nothing is done.</summary>
    Ambiguous,
}
