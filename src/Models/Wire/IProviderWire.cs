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

    /// <summary>Reads how the provider names a whole answer.</summary>
    AnswerIdentity IdentityOf(JsonElement body);

    /// <summary>Reads an answer piece by piece.</summary>
    IStreamReader OpenStream();
}

/// <summary>Reads server-sent events of a provider.</summary>
internal interface IStreamReader
{
    /// <summary>Whether the answer has come to its end, so that the end of the connection is none in the middle.</summary>
    bool IsComplete { get; }

    /// <summary>How the provider names the answer, as far as it has said so.</summary>
    AnswerIdentity Identity { get; }

    /// <summary>The pieces that an event holds.</summary>
    /// <exception cref="ProviderErrorException">It tells of an error, or cannot be read.</exception>
    IEnumerable<ChatDelta> Read(ServerEvent read);
}

/// <summary>How a provider names an answer.</summary>
/// <param name="Id">Its id; null if the provider gives none.</param>
/// <param name="Model">The model that answered; null if the provider does not say.</param>
internal readonly record struct AnswerIdentity(string? Id, string? Model)
{
    private const int Longest = 256;

    /// <summary>That of a body, by the names of its fields.</summary>
    public static AnswerIdentity From(JsonElement? body, string id = "id", string model = "model") =>
        new(Plain(body?.Text(id)), Plain(body?.Text(model)));

    /// <summary>An id as it is kept; null for one that cannot be.</summary>
    public static string? Plain(string? text) => text is { Length: > 0 and <= Longest } && !text.Any(char.IsControl) ? text : null;
}

/// <summary>A server-sent event.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Data">What it holds, UTF-8.</param>
internal readonly record struct ServerEvent(string Name, ReadOnlyMemory<byte> Data);
