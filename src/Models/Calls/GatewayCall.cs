using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Telemetry;

namespace Aios.Models.Calls;

/// <summary>What somebody asks of the gateway.</summary>
/// <param name="Kind">What is asked, as the ledger has it.</param>
/// <param name="Wire">The format in which it is asked.</param>
/// <param name="Body">As it came.</param>
/// <param name="Chat">What it says.</param>
/// <param name="Route">The route or model that is asked for.</param>
/// <param name="Caller">Who asks.</param>
internal sealed record GatewayCall(string Kind, IClientWire Wire, JsonElement Body, ChatRequest Chat, string Route, Caller Caller)
{
    /// <summary>The kind of calls that turn text into vectors.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>What the caller was doing, by the header <c>traceparent</c>; null if they did not say.</summary>
    public TraceParent? Parent { get; init; }

    /// <summary>Whether text is to be turned into vectors.</summary>
    public bool IsEmbeddings => Kind == Embeddings;

    /// <summary>Whether a provider gets the body as it came.</summary>
    public bool IsForwardedTo(ModelProvider provider) => Wire.IsSpokenBy(provider.Kind!.Value);
}
