using Aios.Control;
using Aios.Store;
using Aios.Store.Logs;

namespace Aios.Api.Live;

/// <summary>What programs print and daemons say.</summary>
internal sealed class LineSource : LiveSource
{
    /// <summary>The name of the event that a line is.</summary>
    public const string Line = "line";

    // A line may be long, so there are fewer at once than of events.
    private const int RowsAtOnce = 100;

    /// <inheritdoc />
    public override (long Oldest, long Newest) Bounds(IStoreReader reader) => reader.LineBounds();

    /// <inheritdoc />
    public override LivePage After(IStoreReader reader, LiveFilter filter, long after)
    {
        var log = new LogReader(reader, filter.ToLogQuery(), after);
        var rows = log.Next(RowsAtOnce);
        return Cut(rows.Select(Row), log.After);
    }

    private static LiveRow Row(LogRow row) =>
        new(row.Id, Line, row.Line.JobName, row.Line.RunId, row.Line.Level, Json(row, (json, value) => json.WriteLogLine(value)));
}
