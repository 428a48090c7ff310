using System.Text.Json;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Models.Wire.OpenAi;

namespace Aios.Models.Runs;

/// <summary>Asks models by way of the gateway for one run.</summary>
internal sealed class ModelAsker(ModelGateway gateway, Caller caller)
{
    /// <summary>How the ledger names such calls.</summary>
    public const string Kind = "llm";

    /// <summary>Asks a route or model.</summary>
    /// <exception cref="ModelRunException">It gives no answer.</exception>
    public async Task<AskedAnswer> Ask(string route, ChatRequest request, CancellationToken stop)
    {
        var wire = new InnerWire();
        await Call(new GatewayCall(Kind, wire, default, request, route, caller), wire, stop).ConfigureAwait(false);
        return wire.Answer is { } answer && wire.Head is { } head
            ? new AskedAnswer(answer, head.Call, head.Model)
            : throw new ModelRunException(wire.Error?.Message ?? $"\"{route}\" gave no answer");
    }

    /// <summary>Turns texts into vectors, in their order.</summary>
    /// <exception cref="ModelRunException">It gives none.</exception>
    public async Task<IReadOnlyList<float[]>> Embed(string route, IReadOnlyList<string> texts, CancellationToken stop)
    {
        var bytes = Json.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", route);
            json.WriteStartArray("input");
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        using var body = JsonDocument.Parse(bytes);
        var wire = new EmbeddingsWire();
        var call = new GatewayCall(GatewayCall.Embeddings, wire, body.RootElement, wire.Read(body.RootElement), route, caller);
        var reply = await gateway.Call(call, stop).ConfigureAwait(false);
        using var answer = JsonDocument.Parse(reply.Body ?? default);
        if (reply.Status != 200)
            throw new ModelRunException(answer.RootElement.Get("error")?.Text("message") ?? $"\"{route}\" gave no vectors");
        return [.. answer.RootElement.Items("data").Select(VectorOf)];
    }

    /// <summary>Whether a model of a route answers in the form of a schema by itself.</summary>
    public bool KnowsSchemas(string route)
    {
        var settings = gateway.Settings.Current;
        return settings.RouteTo(route) is { } known && known.Models.Any(name => settings.Models[name].Can.HasFlag(ModelAbilities.Json));
    }

    /// <summary>Notes how good an answer of a model was, from 0 to 1.</summary>
    public void NoteQuality(string model, double score) => gateway.NoteQuality(model, score);

    private async Task Call(GatewayCall call, InnerWire wire, CancellationToken stop)
    {
        var reply = await gateway.Call(call, stop).ConfigureAwait(false);
        if (reply.Status != 200 && wire.Error is null)
            throw new ModelRunException($"\"{call.Route}\" gave no answer (status {reply.Status})");
    }

    private static float[] VectorOf(JsonElement item) =>
        [.. item.Items("embedding").Select(number => number.ValueKind == JsonValueKind.Number ? number.GetSingle() : 0)];
}

/// <summary>An answer.</summary>
/// <param name="Answer">It.</param>
/// <param name="Call">The number of the call.</param>
/// <param name="Model">Who gave it, as models.yaml names it.</param>
internal sealed record AskedAnswer(ChatAnswer Answer, long Call, string Model)
{
    /// <summary>All text of it.</summary>
    public string Text => Answer.Text;
}
