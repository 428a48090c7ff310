using System.Buffers;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire;

/// <summary>A format in which somebody asks.</summary>
internal interface IClientWire
{
    /// <summary>The kinds of providers that speak this very format, so that nothing need be translated.</summary>
    bool IsSpokenBy(ProviderKind kind);

    /// <summary>What is asked.</summary>
    /// <exception cref="WireException">It is not in this format.</exception>
    ChatRequest Read(JsonElement body);

    /// <summary>Writes a whole answer.</summary>
    void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head);

    /// <summary>Writes an error as the body of an answer.</summary>
    void WriteError(Utf8JsonWriter json, GatewayError error);

    /// <summary>Begins a stream.</summary>
    IStreamWriter OpenStream(AnswerHead head, bool withUsage);
}

/// <summary>Writes an answer piece by piece, as server-sent events.</summary>
internal interface IStreamWriter
{
    /// <summary>Writes a piece.</summary>
    void Write(ChatDelta delta, IBufferWriter<byte> output);

    /// <summary>Writes the end.</summary>
    void End(IBufferWriter<byte> output);

    /// <summary>Writes an error in the place of the end.</summary>
    void Fail(GatewayError error, IBufferWriter<byte> output);
}
