using System.Collections.Immutable;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.OpenAi;

/// <summary><c>POST /v1/embeddings</c> as OpenAI has it. It is given on as it is, so only providers that speak it can answer.</summary>
internal sealed class EmbeddingsWire : IClientWire
{
    /// <inheritdoc />
    public bool IsSpokenBy(ProviderKind kind) => kind is ProviderKind.OpenAi or ProviderKind.Azure;

    /// <inheritdoc />
    public ChatRequest Read(JsonElement body)
    {
        ImmutableArray<ChatPart> parts = body.Get("input") switch
        {
            { ValueKind: JsonValueKind.String } text => [new TextPart(Json.TextOf(text)!)],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 => [.. list.EnumerateArray().Select(PartOf)],
            _ => throw new WireException("input: found none, expected a text or a list of texts.", "input"),
        };
        return new ChatRequest { Messages = [new ChatMessage(ChatRole.User, parts)] };
    }

    /// <inheritdoc />
    public void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head) => throw new NotSupportedException();

    /// <inheritdoc />
    public void WriteError(Utf8JsonWriter json, GatewayError error) => OpenAiErrors.Write(json, error);

    /// <inheritdoc />
    public IStreamWriter OpenStream(AnswerHead head, bool withUsage) => throw new NotSupportedException();

    // Text, or the numbers of its tokens.
    private static TextPart PartOf(JsonElement item) =>
        new(item.ValueKind == JsonValueKind.String ? Json.TextOf(item)! : item.GetRawText());
}
