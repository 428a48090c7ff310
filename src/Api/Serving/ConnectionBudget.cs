namespace Aios.Api.Serving;

/// <summary>
/// Shares out connections, so that nobody takes all of them. Where there are too many, one that waits for a request is
/// closed: of an owner with too many, else of the owner with the most. So a new connection always comes in, and whoever has few
/// keeps them, whatever others do.
/// </summary>
/// <param name="most">In all.</param>
/// <param name="mostOf">Of an owner.</param>
internal sealed class ConnectionBudget(int most, Func<string, int> mostOf)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Share> _shares = [];
    private int _open;
    private long _dropped;

    /// <summary>Connections that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Those that were closed so that others have room, since the start.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>One more; false if there is no room for it, since no other one waits.</summary>
    public bool TryEnter(OpenConnection connection)
    {
        OpenConnection? victim;
        lock (_gate)
        {
            var share = Enter(connection);
            victim =
                share.Count > mostOf(connection.Owner) ? share.Waiting.First!.Value
                : _open > most ? Largest().Waiting.First!.Value
                : null;
            if (victim is not null)
                Remove(victim);
        }

        if (victim is null)
            return true;
        Interlocked.Increment(ref _dropped);
        if (victim != connection)
            victim.Drop();
        return victim != connection;
    }

    /// <summary>A request has come over it.</summary>
    public void Begin(OpenConnection connection)
    {
        lock (_gate)
        {
            (connection.HasAsked, connection.IsAnswering) = (true, true);
            if (connection.Waiting is null)
                return;
            _shares[connection.Owner].Waiting.Remove(connection.Waiting);
            connection.Waiting = null;
        }
    }

    /// <summary>The request was answered; now it waits for the next.</summary>
    public void End(OpenConnection connection)
    {
        lock (_gate)
        {
            connection.IsAnswering = false;
            if (connection.IsOpen && connection.Waiting is null)
                connection.Waiting = _shares[connection.Owner].Waiting.AddLast(connection);
        }
    }

    /// <summary>It is closed.</summary>
    public void Leave(OpenConnection connection)
    {
        lock (_gate)
            Remove(connection);
    }

    /// <summary>Closes it if nothing whole was asked over it yet.</summary>
    public void DropUnasked(OpenConnection connection)
    {
        lock (_gate)
        {
            if (connection.HasAsked || !connection.IsOpen)
                return;
            Remove(connection);
        }

        connection.Drop();
    }

    private Share Enter(OpenConnection connection)
    {
        if (!_shares.TryGetValue(connection.Owner, out var share))
            _shares[connection.Owner] = share = new Share();
        share.Count++;
        _open++;
        connection.IsOpen = true;
        connection.Waiting = share.Waiting.AddLast(connection);
        return share;
    }

    private void Remove(OpenConnection connection)
    {
        if (!connection.IsOpen)
            return;
        connection.IsOpen = false;
        _open--;
        var share = _shares[connection.Owner];
        if (connection.Waiting is not null)
            share.Waiting.Remove(connection.Waiting);
        connection.Waiting = null;
        if (--share.Count == 0)
            _shares.Remove(connection.Owner);
    }

    // There is one: the newest waits.
    private Share Largest() => _shares.Values.Where(share => share.Waiting.Count > 0).MaxBy(share => share.Count)!;

    private sealed class Share
    {
        public LinkedList<OpenConnection> Waiting { get; } = new();

        public int Count { get; set; }
    }
}
