namespace Aios.Models.Configuration;

/// <summary>What a model can do beside answering text with text.</summary>
[Flags]
internal enum ModelAbilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Ask for tools to be called.</summary>
    Tools = 1,

    /// <summary>Look at images.</summary>
    Vision = 2,

    /// <summary>Answer in the form of a JSON schema.</summary>
    Json = 4,

    /// <summary>Think before it answers.</summary>
    Reasoning = 8,

    /// <summary>Turn text into vectors.</summary>
    Embeddings = 16,

    /// <summary>All of that, as far as is known.</summary>
    All = Tools | Vision | Json | Reasoning | Embeddings,
}
