namespace Aios.Store.Sqlite;

/// <summary>Something for the writer to do, and the task that tells when it is durable.</summary>
internal abstract class StoreWork
{
    /// <summary>Does work that needs no transaction; false if it needs one.</summary>
    public abstract bool TryWithoutTransaction();

    /// <summary>Does the work within the batch's transaction; may be called again if that had to be rolled back.</summary>
    public abstract void Do(IStoreTransaction transaction);

    /// <summary>Its transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>It was not done.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc />
internal sealed class StoreWork<T> : StoreWork
{
    // Continuations must not run on the writer's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<IStoreTransaction, T>? _write;
    private readonly Func<T>? _read;
    private T? _result;

    public StoreWork(Func<IStoreTransaction, T> write) => _write = write;

    public StoreWork(Func<T> read) => _read = read;

    /// <summary>Completes when the work is durable.</summary>
    public Task<T> Task => _done.Task;

    /// <inheritdoc />
    public override bool TryWithoutTransaction()
    {
        if (_read is null)
            return false;
        try
        {
            _done.SetResult(_read());
        }
        catch (Exception error)
        {
            _done.SetException(error);
        }

        return true;
    }

    /// <inheritdoc />
    public override void Do(IStoreTransaction transaction) => _result = _write!(transaction);

    /// <inheritdoc />
    public override void Complete() => _done.SetResult(_result!);

    /// <inheritdoc />
    public override void Fail(Exception error) => _done.SetException(error);
}
