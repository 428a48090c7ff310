namespace Aios.Models.Configuration;

/// <summary>What is kept of requests and answers.</summary>
internal enum KeptBodies
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Their SHA-256.</summary>
    Hash,

    /// <summary>All of it.</summary>
    Full,
}
