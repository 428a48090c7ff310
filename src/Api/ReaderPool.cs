using System.Collections.Concurrent;
using Aios.Store;

namespace Aios.Api;

/// <summary>Connections for reading, each used by one request at a time. Few, since what reads holds up who commits.</summary>
internal sealed class ReaderPool(IDatabase database) : IDisposable
{
    private const int Most = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<IStoreReader> _idle = [];
    private readonly SemaphoreSlim _free = new(Most);

    /// <summary>Reads something short.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<IStoreReader, T> read)
    {
        if (!await _free.WaitAsync(Patience).ConfigureAwait(false))
            throw Busy();
        return ReadWithOne(read);
    }

    /// <summary>As above, where nobody can wait in another way.</summary>
    public T Read<T>(Func<IStoreReader, T> read)
    {
        if (!_free.Wait(Patience))
            throw Busy();
        return ReadWithOne(read);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }

    private static StoreException Busy() => new("Too many others read the database just now.");

    private T ReadWithOne<T>(Func<IStoreReader, T> read)
    {
        IStoreReader? reader = null;
        try
        {
            if (!_idle.TryTake(out reader))
                reader = database.Read() ?? throw new StoreException($"{database.Name} is not there.");
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
        finally
        {
            _free.Release();
        }
    }
}
