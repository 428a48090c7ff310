namespace Aios.Store.Results;

/// <summary>A file of a result is not what its row says. The message says what was found, and where.</summary>
internal sealed class ResultFileException(string message) : Exception(message);
