using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire;

/// <summary>A format in which a provider is asked.</summary>
internal interface IProviderWire
{
    /// <summary>Where a request goes.</summary>
    Uri AddressOf(ModelProvider provider, LanguageModel model, bool streams);

    /// <summary>The header with the key, and others that the format asks for.</summary>
    IEnumerable<(string Name, string Value)> Headers(ModelProvider provider, string? key);

    /// <summary>Writes a request.</summary>
    void WriteRequest(Utf8JsonWriter json, ChatRequest request, LanguageModel model);

    /// <summary>Writes a request that came in this very format: as it came, for this model, with a limit to the answer.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="body">As it came.</param>
    /// <param name="model">Takes the place of the one that was asked for.</param>
    /// <param name="maxTokens">Added if the request has no limit; null for none.</param>
    void Forward(Utf8JsonWriter json, JsonElement body, LanguageModel model, int? maxTokens);

    /// <summary>The names of fields of a request that have no place in this format.</summary>
    IEnumerable<string> LeftOut(ChatRequest request);

    /// <summary>Reads a whole answer.</summary>
    /// <exception cref="ProviderErrorException">It is none.</exception>
    ChatAnswer ReadAnswer(JsonElement body);

    /// <summary>Reads an answer piece by piece.</summary>
    IStreamReader OpenStream();
}

/// <summary>Reads server-sent events of a provider.</summary>
internal interface IStreamReader
{
    /// <summary>Whether the answer has come to its end, so that the end of the connection is none in the middle.</summary>
    bool IsComplete { get; }

    /// <summary>The pieces that an event holds.</summary>
    /// <exception cref="ProviderErrorException">It tells of an error, or cannot be read.</exception>
    IEnumerable<ChatDelta> Read(ServerEvent read);
}

/// <summary>A server-sent event.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Data">What it holds, UTF-8.</param>
internal readonly record struct ServerEvent(string Name, ReadOnlyMemory<byte> Data);
