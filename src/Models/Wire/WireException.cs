namespace Aios.Models.Wire;

/// <summary>A request that does not have the form that it should. The message says what was found and what was expected.</summary>
internal sealed class WireException(string message, string? place = null) : Exception(message)
{
    /// <summary>The field; null if the request as a whole is meant.</summary>
    public string? Field => place;
}
