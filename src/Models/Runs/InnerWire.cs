using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Models.Runs;

/// <summary>The format of those who ask within AIOS: none, the answer is taken as it is. For one call.</summary>
internal sealed class InnerWire : IClientWire
{
    /// <summary>The answer; null if there is none.</summary>
    public ChatAnswer? Answer { get; private set; }

    /// <summary>Who answered.</summary>
    public AnswerHead? Head { get; private set; }

    /// <summary>Why there is no answer.</summary>
    public GatewayError? Error { get; private set; }

    /// <inheritdoc />
    public bool IsSpokenBy(ProviderKind kind) => false;

    /// <inheritdoc />
    public ChatRequest Read(JsonElement body) => throw new NotSupportedException("What AIOS itself asks is in no format.");

    /// <inheritdoc />
    public void WriteAnswer(Utf8JsonWriter json, ChatAnswer answer, AnswerHead head)
    {
        (Answer, Head) = (answer, head);
        json.WriteNullValue();
    }

    /// <inheritdoc />
    public void WriteError(Utf8JsonWriter json, GatewayError error)
    {
        Error = error;
        json.WriteNullValue();
    }

    /// <inheritdoc />
    public IStreamWriter OpenStream(AnswerHead head, bool withUsage) => throw new NotSupportedException("AIOS itself reads no streams.");
}
