namespace Aios.Store;

/// <summary>The database cannot be used as it is. The message says what is wrong, where, and what to do.</summary>
internal sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
