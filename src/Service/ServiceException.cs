namespace Aios.Service;

/// <summary>The service could not be installed, removed or asked. The message says what to do.</summary>
internal sealed class ServiceException : Exception
{
    /// <summary>With what went wrong, in words.</summary>
    public ServiceException(string message)
        : base(message) { }

    /// <summary>With what caused it.</summary>
    public ServiceException(string message, Exception cause)
        : base(message, cause) { }

    /// <summary>Without a word.</summary>
    public ServiceException() { }
}
