namespace Aios.Models.Configuration;

/// <summary>Which format a provider speaks.</summary>
internal enum ProviderKind
{
    /// <summary>OpenAI's chat completions, as many others have them, too.</summary>
    OpenAi,

    /// <summary>The same with deployments in the address.</summary>
    Azure,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>Google's generateContent.</summary>
    Gemini,
}
