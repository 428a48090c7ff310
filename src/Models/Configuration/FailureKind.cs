namespace Aios.Models.Configuration;

/// <summary>Why a model gave no answer.</summary>
[Flags]
internal enum FailureKind
{
    /// <summary>It did.</summary>
    None = 0,

    /// <summary>Its provider was not reached, or the connection broke.</summary>
    Connection = 1,

    /// <summary>It took too long.</summary>
    Timeout = 2,

    /// <summary>Too many requests.</summary>
    RateLimit = 4,

    /// <summary>The provider has an error, or too much to do.</summary>
    ServerError = 8,

    /// <summary>What came is no answer.</summary>
    BadAnswer = 16,

    /// <summary>The provider does not take the key, or does not know the model.</summary>
    Auth = 32,

    /// <summary>The request is longer than the model's context.</summary>
    Context = 64,

    /// <summary>The provider says that the request is wrong; another one would say the same.</summary>
    BadRequest = 128,

    /// <summary>All for which another model may be tried.</summary>
    Elsewhere = Connection | Timeout | RateLimit | ServerError | BadAnswer | Auth | Context,
}
