using System.Globalization;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Control.Spending;

/// <summary>What a row of a provider's bill means for the ledger.</summary>
/// <param name="Row">The row.</param>
/// <param name="Verdict">What is to be done.</param>
/// <param name="Call">The attempt that it is about; null if there is none, or nobody knows which.</param>
/// <param name="Words">The verdict for people.</param>
internal sealed record BillMatch(BillRow Row, BillVerdict Verdict, CallRecord? Call, string Words)
{
    /// <summary>Compares a bill with the ledger.</summary>
    /// <param name="rows">The bill.</param>
    /// <param name="provider">Whose it is.</param>
    /// <param name="answersToo">Whether calls change as well that were answered with their usage.</param>
    /// <param name="calls">The ledger.</param>
    public static IReadOnlyList<BillMatch> Of(IReadOnlyList<BillRow> rows, string provider, bool answersToo, ICallReader calls)
    {
        var found = new Dictionary<string, List<CallRecord>>(StringComparer.Ordinal);
        foreach (
            var call in calls.OfProvider(
                provider,
                JsonText.Write(json =>
                {
                    json.WriteStartArray();
                    foreach (var row in rows)
                        json.WriteStringValue(row.Id);
                    json.WriteEndArray();
                })
            )
        )
        {
            foreach (var id in ((string?[])[call.ProviderRequest, call.ResponseId]).OfType<string>().Distinct())
            {
                if (!found.TryGetValue(id, out var same))
                    found[id] = same = [];
                same.Add(call);
            }
        }

        var named = rows.ToLookup(row => found.GetValueOrDefault(row.Id) is [var only] ? only.Id : 0);
        var repeated = rows.ToLookup(row => row.Id, StringComparer.Ordinal);
        return [.. rows.Select(row => Of(row, found.GetValueOrDefault(row.Id) ?? [], repeated[row.Id], named, answersToo))];
    }

    private static BillMatch Of(
        BillRow row,
        List<CallRecord> calls,
        IEnumerable<BillRow> same,
        ILookup<long, BillRow> named,
        bool answersToo
    )
    {
        if (row.Id.Length == 0)
            return new(row, BillVerdict.Unmatched, null, "has no id");
        if (same.Count() > 1)
            return new(row, BillVerdict.Ambiguous, null, $"lines {Lines(same)} have the same id");
        if (calls.Count == 0)
            return new(row, BillVerdict.Unmatched, null, "no call has this id");
        if (calls is not [var call])
            return new(row, BillVerdict.Ambiguous, null, $"calls {string.Join(", ", calls.Select(each => each.Id))} have this id");
        if (named[call.Id].Count() > 1)
            return new(row, BillVerdict.Ambiguous, call, $"lines {Lines(named[call.Id])} are about the same call");
        if (call.IsSettledAt(row.Amount))
            return new(row, BillVerdict.Same, call, "has this cost");
        var isOpen = call.Outcome == CallOutcome.Unknown || call.Reconciled is not null || call.IsCountedHere;
        return isOpen || answersToo
            ? new(row, BillVerdict.Changes, call, "changes")
            : new(row, BillVerdict.Answered, call, "differs: the answer told its usage (--all changes it)");
    }

    private static string Lines(IEnumerable<BillRow> rows) =>
        string.Join(", ", rows.Select(row => row.Line.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What is to be done with a row of a bill.</summary>
internal enum BillVerdict
{
    /// <summary>The call gets this cost.</summary>
    Changes,

    /// <summary>The call has it.</summary>
    Same,

    /// <summary>The call has another cost, by the usage that its answer told; nothing is done unless somebody says so.</summary>
    Answered,

    /// <summary>No call has this id.</summary>
    Unmatched,

    /// <summary>Several may be meant; nothing is done.</summary>
    Ambiguous,
}
