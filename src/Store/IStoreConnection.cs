namespace Aios.Store;

/// <summary>A connection for writing, for one thread at a time.</summary>
internal interface IStoreConnection : IDisposable
{
    /// <summary>
    /// Does the work in one durable transaction, waiting up to <paramref name="patience"/> for the locks of others.
    /// </summary>
    /// <exception cref="StoreException">The database stayed locked, full or read-only, or is damaged.</exception>
    T Write<T>(Func<IStoreTransaction, T> work, TimeSpan? patience = null);

    /// <summary>Puts back what others have dropped of the schema, where that loses nothing.</summary>
    /// <returns>What was put back.</returns>
    /// <exception cref="StoreException">Something is gone that cannot be made again.</exception>
    IReadOnlyList<string> PutSchemaBack();

    /// <summary>Looks it through where a daemon went without a goodbye, if that may have torn it.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    void RefuseTorn();

    /// <summary>Hands the connection over to a writer of its own.</summary>
    IStore StartWriter(TimeProvider clock);
}
