namespace Aios.Jobs;

/// <summary>Where calls to language models may go, from the least strict to the strictest.</summary>
internal enum ModelPrivacy
{
    /// <summary>Anywhere, in the order of the route.</summary>
    AllowApi,

    /// <summary>Anywhere, but to local models first.</summary>
    Hybrid,

    /// <summary>To local models only.</summary>
    LocalOnly,
}
