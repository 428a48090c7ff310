namespace Aios.Import;

/// <summary>The source cannot be read at all. The message says what to do.</summary>
internal sealed class ImportException : Exception
{
    /// <summary>With what went wrong, in words.</summary>
    public ImportException(string message)
        : base(message) { }

    /// <summary>With what caused it.</summary>
    public ImportException(string message, Exception cause)
        : base(message, cause) { }

    /// <summary>Without a word.</summary>
    public ImportException() { }
}
