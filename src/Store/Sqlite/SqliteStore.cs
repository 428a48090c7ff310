using Aios.Store.Sqlite.Driver;
using SQLitePCL;

namespace Aios.Store.Sqlite;

/// <inheritdoc />
internal sealed class SqliteStore : IStore
{
    private const int LargestBatch = 512;
    private static readonly TimeSpan QuietTrouble = TimeSpan.FromSeconds(1);

    private readonly SqliteStoreConnection _connection;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _arrived = new(false, spinCount: 0);
    private Queue<StoreWork> _waiting = new();
    private long _foreignVersion;
    private bool _closing;
    private volatile StoreTrouble? _trouble;
    private volatile StoreTrouble? _damage;

    /// <summary>Takes over the connection and starts the writer.</summary>
    public SqliteStore(SqliteStoreConnection connection, TimeProvider clock)
    {
        _connection = connection;
        _clock = clock;
        _foreignVersion = connection.DataVersion() ?? -1;
        _thread = new Thread(Work) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    /// <inheritdoc />
    public event Action<StoreTrouble?>? TroubleChanged;

    /// <inheritdoc />
    public event Action? Changed;

    /// <inheritdoc />
    public event Action<CommitFacts>? Committed;

    /// <inheritdoc />
    public StoreTrouble? Trouble => _damage ?? _trouble;

    /// <inheritdoc />
    public Task<T> Write<T>(Func<IStoreTransaction, T> work) => Enqueue(new StoreWork<T>(work));

    /// <inheritdoc />
    public Task<bool> ForeignCommit() => Enqueue(new StoreWork<bool>(SeeForeignCommit));

    /// <inheritdoc />
    public Task<bool> ShortenLog() => Enqueue(new StoreWork<bool>(() => _connection.TryShortenLog()));

    /// <summary>Finishes what waits and closes the connection. What cannot be written within a moment is given up.</summary>
    public void Dispose()
    {
        lock (_gate)
            _closing = true;
        _arrived.Set();
        if (_thread.Join(TimeSpan.FromSeconds(10)))
            _connection.Dispose();
    }

    private Task<T> Enqueue<T>(StoreWork<T> work)
    {
        lock (_gate)
        {
            if (_closing)
                return Task.FromException<T>(new StoreException("The store is closed."));
            _waiting.Enqueue(work);
        }

        _arrived.Set();
        return work.Task;
    }

    private void Work()
    {
        var batch = new List<StoreWork>();
        while (Take(batch))
        {
            DoReads(batch);
            if (batch.Count > 0)
                DoWrites(batch);
            batch.Clear();
        }
    }

    private bool Take(List<StoreWork> batch)
    {
        while (true)
        {
            _arrived.Wait();
            lock (_gate)
            {
                while (batch.Count < LargestBatch && _waiting.TryDequeue(out var work))
                    batch.Add(work);
                if (_waiting.Count == 0 && !_closing)
                    _arrived.Reset();
                if (batch.Count > 0)
                    return true;
                if (_closing)
                    return false;
            }
        }
    }

    private static void DoReads(List<StoreWork> batch) => batch.RemoveAll(work => work.TryWithoutTransaction());

    private void DoWrites(List<StoreWork> batch)
    {
        try
        {
            Commit(batch);
            foreach (var work in batch)
                work.Complete();
        }
        catch (Exception error) when (batch.Count > 1 && error is not StoreException or SqliteStoreException)
        {
            // One of them is at fault: each alone, so that it fails alone.
            foreach (var work in batch)
                DoWrites([work]);
        }
        catch (Exception error)
        {
            var told = Explained(error);
            foreach (var work in batch)
                work.Fail(told);
        }
    }

    // Damage stays told until the next start: what can still be written says nothing of the rest.
    private Exception Explained(Exception error)
    {
        if (error is not SqliteStoreException fault || SqliteTrouble.Damage(fault, _connection.Path) is not { } what)
            return error;
        if (_damage?.What != what)
        {
            _damage = new StoreTrouble(what, _clock.GetUtcNow()) { IsDamage = true };
            TroubleChanged?.Invoke(_damage);
        }

        return SqliteTrouble.IsDamaged(what, error);
    }

    private void Commit(List<StoreWork> batch)
    {
        var started = _clock.GetTimestamp();
        var changes = _connection.TotalChanges;
        for (var tries = 1; ; tries++)
        {
            var code = _connection.TryWrite(transaction => Do(batch, transaction), out _);
            if (code == raw.SQLITE_OK)
            {
                Committed?.Invoke(new CommitFacts(_clock.GetElapsedTime(started), batch.Count, tries));
                break;
            }

            var elapsed = _clock.GetElapsedTime(started);
            if (Volatile.Read(ref _closing) && elapsed > TimeSpan.FromSeconds(5))
                throw SqliteTrouble.HasGivenUp(code, _connection.Path);
            NoteTrouble(code, elapsed);
            Thread.Sleep(PauseAfter(code, tries));
        }

        if (_trouble is not null)
            SetTrouble(null);
        if (_connection.TotalChanges != changes)
            Changed?.Invoke();
    }

    private static int Do(List<StoreWork> batch, IStoreTransaction transaction)
    {
        foreach (var work in batch)
            work.Do(transaction);
        return batch.Count;
    }

    private void NoteTrouble(int code, TimeSpan elapsed)
    {
        if (!SqliteTrouble.CanPass(code))
            throw SqliteStoreException.Of(code);
        var locked = (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
        if (_trouble is not null || (locked && elapsed < QuietTrouble))
            return;
        SetTrouble(new StoreTrouble(SqliteTrouble.Explain(code, _connection.Path), _clock.GetUtcNow() - elapsed));
    }

    private void SetTrouble(StoreTrouble? trouble)
    {
        _trouble = trouble;
        TroubleChanged?.Invoke(trouble);
    }

    // A lock is let go of within milliseconds as a rule; a full disk is not.
    private static TimeSpan PauseAfter(int code, int tries)
    {
        if ((code & 0xff) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED))
            return TimeSpan.FromMilliseconds(200);
        return TimeSpan.FromMilliseconds(tries < 200 ? 1 : 20);
    }

    private bool SeeForeignCommit()
    {
        for (var tries = 0; tries < 10; tries++)
        {
            if (_connection.DataVersion() is not { } version)
            {
                Thread.Sleep(TimeSpan.FromMicroseconds(200));
                continue;
            }

            if (version == _foreignVersion)
                return false;
            _foreignVersion = version;
            Changed?.Invoke();
            return true;
        }

        return true;
    }
}
