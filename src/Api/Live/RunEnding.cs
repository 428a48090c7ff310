using Aios.Access;
using Aios.Api.Routes;
using Aios.Control;
using Aios.Store.Events;

namespace Aios.Api.Live;

/// <summary>Whether a run is over, learnt from the events.</summary>
internal sealed class RunEnding(LiveFeed events, long runId)
{
    private readonly LiveFilter _filter = new(JobPatterns.All) { RunId = runId };
    private long? _position;
    private bool _hasCome;

    /// <summary>Whether it is over: then all its lines are in the database.</summary>
    public async Task<bool> HasCome()
    {
        if (_hasCome)
            return true;
        if (_position is { } position && events.Take(position, _filter) is { } page)
        {
            _position = page.Position;
            return _hasCome = page.Rows.Any(row => row.Kind == EventKinds.RunEnded);
        }

        // The position first, so that an end that comes meanwhile is seen twice and not never.
        (_position, _hasCome) = await events
            .Read(reader => (events.Source.Bounds(reader).Newest, reader.Run(runId)?.Ended is not null))
            .ConfigureAwait(false);
        return _hasCome;
    }

    /// <summary>The run as it ended; null if it is not kept any more.</summary>
    public async Task<ReadOnlyMemory<byte>> Outcome()
    {
        var run = await events.Read(reader => reader.Run(runId)).ConfigureAwait(false);
        return run is null ? "null"u8.ToArray() : Reply.Json(json => json.WriteRun(run, withResult: false)).Body;
    }
}
