using Aios.Models.Configuration;
using Aios.Models.Wire.Anthropic;
using Aios.Models.Wire.Gemini;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Wire;

/// <summary>The formats of providers. A kind is registered by its line here.</summary>
internal static class WireFormats
{
    private static readonly OpenAiProvider OpenAi = new(isAzure: false);
    private static readonly OpenAiProvider Azure = new(isAzure: true);
    private static readonly AnthropicProvider Anthropic = new();
    private static readonly GeminiProvider Gemini = new();

    /// <summary>The format of a kind.</summary>
    public static IProviderWire Of(ProviderKind kind) =>
        kind switch
        {
            ProviderKind.Azure => Azure,
            ProviderKind.Anthropic => Anthropic,
            ProviderKind.Gemini => Gemini,
            _ => OpenAi,
        };
}
