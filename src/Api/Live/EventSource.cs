using Aios.Control;
using Aios.Store;
using Aios.Store.Events;

namespace Aios.Api.Live;

/// <summary>What happens.</summary>
internal sealed class EventSource : LiveSource
{
    private const int RowsAtOnce = 500;

    /// <inheritdoc />
    public override (long Oldest, long Newest) Bounds(IStoreReader reader) => reader.EventBounds();

    // There are not many of them, so they are looked through here and not in the database.
    /// <inheritdoc />
    public override LivePage After(IStoreReader reader, LiveFilter filter, long after)
    {
        var rows = reader.Events(after, RowsAtOnce);
        return Cut(rows.Select(Row).Where(filter.Wants), rows.Count == 0 ? after : rows[^1].Id);
    }

    private static LiveRow Row(EventRow row) =>
        new(row.Id, row.Kind, row.JobName, row.RunId, null, Json(row, (json, value) => json.WriteEvent(value)));
}
