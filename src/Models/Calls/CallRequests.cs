using System.Buffers;
using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Models.Wire.Gemini;

namespace Aios.Models.Calls;

/// <summary>Writes the requests of one call in the formats of the providers that are asked.</summary>
internal sealed class CallRequests(GatewayCall call, ModelSettings settings)
{
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };

    private readonly List<string> _leftOut = [];

    /// <summary>The names of the fields that no provider that was asked has a place for, as a header tells them.</summary>
    public string LeftOut => string.Join(", ", _leftOut.Where(IsPlain));

    /// <summary>The body of a request to a model.</summary>
    public ArrayBufferWriter<byte> For(Candidate candidate)
    {
        var wire = WireFormats.Of(candidate.Provider.Kind!.Value);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, WriterOptions);
        var limit =
            call.Chat.MaxTokens is null && !call.IsEmbeddings && !settings.Budgets.IsEmpty ? MostOutput(candidate.Model) : (int?)null;
        if (call.IsForwardedTo(candidate.Provider))
        {
            wire.Forward(json, call.Body, candidate.Model, limit);
            return buffer;
        }

        foreach (var field in call.Chat.Unknown.Concat(wire.LeftOut(call.Chat)).Where(field => !_leftOut.Contains(field)))
            _leftOut.Add(field);
        if (call.IsEmbeddings)
            GeminiEmbeddings.WriteRequest(json, call.Body, call.Chat, candidate.Model);
        else
            wire.WriteRequest(json, limit is { } most ? call.Chat with { MaxTokens = most } : call.Chat, candidate.Model);
        json.Flush();
        return buffer;
    }

    /// <summary>The longest answer that a model may give, tokens.</summary>
    public int MostOutput(LanguageModel model) => call.Chat.MaxTokens ?? model.MaxOutput ?? LanguageModel.StandardMaxOutput;

    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
