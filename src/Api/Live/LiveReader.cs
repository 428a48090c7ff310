using Aios.Store;

namespace Aios.Api.Live;

/// <summary>
/// One who watches a table: from a number on they get each row that their filter lets through, once and in order, first from
/// the table and then from what the <see cref="Broadcast"/> carries.
/// </summary>
internal sealed class LiveReader(Broadcast broadcast, LiveFeed feed, LiveFilter filter)
{
    // A key that was revoked shows nothing more after so long.
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);

    private long _lastSent = broadcast.Clock.GetTimestamp();
    private long _lastCheck = broadcast.Clock.GetTimestamp();

    /// <summary>The number of the last row that the reader knows; null for where <see cref="Start"/> says.</summary>
    public long? After { get; init; }

    /// <summary>Where one begins who knows nothing yet.</summary>
    public required Func<IStoreReader, long> Start { get; init; }

    /// <summary>When there will be no more, or null for never.</summary>
    public RunEnding? Ending { get; init; }

    /// <summary>Whether they may still watch.</summary>
    public required Func<bool> IsAllowed { get; init; }

    /// <summary>Sends until it ends, or they may watch no longer.</summary>
    /// <returns>Whether all was sent that there will ever be.</returns>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<bool> Run(ILiveSink sink, CancellationToken cancellation)
    {
        feed.Join();
        if (Ending is not null)
            broadcast.Events.Join();
        try
        {
            return await Follow(sink, cancellation).ConfigureAwait(false);
        }
        finally
        {
            feed.Leave();
            if (Ending is not null)
                broadcast.Events.Leave();
        }
    }

    private async Task<bool> Follow(ILiveSink sink, CancellationToken cancellation)
    {
        var position = After ?? await feed.Read(Start).ConfigureAwait(false);
        await sink.Position(position).ConfigureAwait(false);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!MayGoOn())
                return false;
            var changed = broadcast.Changed;
            // Asked before the last look, since a run's last lines come with its end.
            var isOver = Ending is not null && await Ending.HasCome().ConfigureAwait(false);
            var page = isOver ? null : feed.Take(position, filter);
            page ??= await ReadTable(position, sink).ConfigureAwait(false);
            if (page.Rows.Count > 0)
                await Sent(sink.Send(page.Rows)).ConfigureAwait(false);
            var hasMoved = page.Position != position;
            position = page.Position;
            if (hasMoved)
                continue;
            if (isOver)
            {
                await sink.End(await Ending!.Outcome().ConfigureAwait(false)).ConfigureAwait(false);
                return true;
            }

            if (broadcast.Clock.GetElapsedTime(_lastSent) >= Broadcast.KeepAlive)
                await Sent(sink.Position(position)).ConfigureAwait(false);
            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<LivePage> ReadTable(long position, ILiveSink sink)
    {
        var (from, page) = await feed.Read(reader =>
            {
                var from = WhatIsKept(position, feed.Source.Bounds(reader));
                return (from, feed.Source.After(reader, filter, from));
            })
            .ConfigureAwait(false);
        if (from != position)
            await Sent(sink.Dropped(position, from)).ConfigureAwait(false);
        return page;
    }

    // Zero asks for all that is kept, whatever that is. Numbers beyond the newest come from a database that was replaced by an older copy.
    private static long WhatIsKept(long position, (long Oldest, long Newest) bounds)
    {
        if (position > bounds.Newest)
            return bounds.Newest;
        return position > 0 && position < bounds.Oldest - 1 ? bounds.Oldest - 1 : position;
    }

    private async Task Sent(Task sending)
    {
        await sending.ConfigureAwait(false);
        _lastSent = broadcast.Clock.GetTimestamp();
    }

    private bool MayGoOn()
    {
        if (broadcast.Clock.GetElapsedTime(_lastCheck) < BetweenChecks)
            return true;
        _lastCheck = broadcast.Clock.GetTimestamp();
        return IsAllowed();
    }
}
