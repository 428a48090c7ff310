using Aios.Models.Configuration;

namespace Aios.Models.Wire;

/// <summary>A provider tells of an error, or sends what is no answer.</summary>
/// <param name="kind">The kind of failure.</param>
/// <param name="message">The provider's words, or ours.</param>
internal sealed class ProviderErrorException(FailureKind kind, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public FailureKind Kind => kind;
}
