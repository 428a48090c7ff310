namespace Aios.Store;

/// <summary>The database cannot be used as it is. The message says what is wrong, where, and what to do.</summary>
internal class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What has happened.</summary>
    public StoreFault Fault { get; init; }

    /// <summary>The message for people.</summary>
    public virtual string Words => Message;
}
