using System.Buffers;
using System.Text;
using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;
using Aios.Models.Wire.Anthropic;
using Aios.Models.Wire.OpenAi;
using Aios.Models.Wire.Responses;

namespace Aios.Tests.Models.Wire;

/// <summary>Translates between formats, as text.</summary>
internal static class WireRig
{
    public static readonly AnswerHead Head = new(7, "small", DateTimeOffset.UnixEpoch);

    public static IClientWire Client(string name) =>
        name switch
        {
            "messages" => new MessagesWire(),
            "responses" => new ResponsesWire(),
            _ => new ChatCompletionsWire(),
        };

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    /// <summary>A request of a client as a provider gets it.</summary>
    public static JsonElement Request(string client, string body, ProviderKind kind, string id = "m") =>
        Written(json => WireFormats.Of(kind).WriteRequest(json, Client(client).Read(Parse(body)), new LanguageModel { Name = id }));

    /// <summary>An answer of a provider as a client gets it.</summary>
    public static JsonElement Answer(ProviderKind kind, string body, string client) =>
        Written(json => Client(client).WriteAnswer(json, WireFormats.Of(kind).ReadAnswer(Parse(body)), Head));

    /// <summary>Events of a provider as a client gets them.</summary>
    public static string Stream(ProviderKind kind, IEnumerable<(string Name, string Data)> events, string client)
    {
        var reader = WireFormats.Of(kind).OpenStream();
        var writer = Client(client).OpenStream(Head, withUsage: true);
        var output = new ArrayBufferWriter<byte>();
        foreach (var (name, data) in events)
        {
            foreach (var delta in reader.Read(new ServerEvent(name, Encoding.UTF8.GetBytes(data))))
                writer.Write(delta, output);
        }

        Assert.True(reader.IsComplete);
        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
            write(json);
        return Parse(Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
