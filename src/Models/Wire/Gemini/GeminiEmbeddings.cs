using System.Buffers.Binary;
using System.Text.Json;
using Aios.Models.Configuration;

namespace Aios.Models.Wire.Gemini;

/// <summary>
/// Google's batchEmbedContents, for requests and answers of OpenAI's embeddings. Source of the format: the API reference of Gemini,
/// "Embeddings".
/// </summary>
internal static class GeminiEmbeddings
{
    private const int MostTexts = 100;

    /// <summary>Where a request goes.</summary>
    public static Uri AddressOf(ModelProvider provider, LanguageModel model) =>
        new(
            $"{provider.Address.AbsoluteUri.TrimEnd('/')}/{GeminiProvider.VersionOf(provider)}/models/{Uri.EscapeDataString(model.Id)}"
                + ":batchEmbedContents"
        );

    /// <summary>Why it cannot be asked this; null if it can.</summary>
    public static string? WhyNot(JsonElement body)
    {
        // Each model has tokens of its own.
        if (body.Items("input").Any(item => item.ValueKind != JsonValueKind.String))
            return "its provider takes texts only, and the input has tokens";
        var count = body.Items("input").Count();
        return count > MostTexts ? $"its provider takes at most {MostTexts} texts in a request, and the input has {count}" : null;
    }

    /// <summary>Writes a request.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="body">As it came.</param>
    /// <param name="request">What it says.</param>
    /// <param name="model">The model.</param>
    public static void WriteRequest(Utf8JsonWriter json, JsonElement body, ChatRequest request, LanguageModel model)
    {
        json.WriteStartObject();
        json.WriteStartArray("requests");
        foreach (var text in request.Messages.SelectMany(message => message.Parts).OfType<TextPart>())
        {
            json.WriteStartObject();
            json.WriteString("model", $"models/{model.Id}");
            json.WriteStartObject("content");
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("text", text.Text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            if (body.Count("dimensions") is { } size)
                json.WriteNumber("outputDimensionality", size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An answer as OpenAI has it.</summary>
    /// <param name="answer">What the provider sent.</param>
    /// <param name="body">The request as it came.</param>
    /// <param name="model">What the model is called here.</param>
    /// <param name="tokens">Those of the request.</param>
    public static ReadOnlyMemory<byte> Translate(ReadOnlyMemory<byte> answer, JsonElement body, string model, long tokens)
    {
        using var parsed = JsonDocument.Parse(answer);
        return Json.Bytes(json => WriteAnswer(json, parsed.RootElement, body, model, tokens));
    }

    private static void WriteAnswer(Utf8JsonWriter json, JsonElement answer, JsonElement body, string model, long tokens)
    {
        var asBase64 = body.Text("encoding_format") == "base64";
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        var index = 0;
        foreach (var vector in VectorsOf(answer))
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", index++);
            if (asBase64)
                json.WriteBase64String("embedding", BytesOf(vector));
            else
                WriteNumbers(json, vector);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", tokens);
        json.WriteNumber("total_tokens", tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Makes sure that an answer has a vector for each text.</summary>
    /// <exception cref="ProviderErrorException">It has not.</exception>
    public static void Check(JsonElement answer, ChatRequest request)
    {
        var (found, expected) = (VectorsOf(answer).Count(), request.Messages.Sum(message => message.Parts.Length));
        if (found != expected)
            throw new ProviderErrorException(FailureKind.BadAnswer, $"the answer has {found} vectors for {expected} texts");
    }

    private static IEnumerable<JsonElement> VectorsOf(JsonElement answer) =>
        answer
            .Items("embeddings")
            .Select(item => item.Get("values"))
            .OfType<JsonElement>()
            .Where(list => list.ValueKind == JsonValueKind.Array);

    private static void WriteNumbers(Utf8JsonWriter json, JsonElement vector)
    {
        json.WritePropertyName("embedding");
        vector.WriteTo(json);
    }

    private static byte[] BytesOf(JsonElement vector)
    {
        var bytes = new byte[vector.GetArrayLength() * sizeof(float)];
        var at = 0;
        foreach (var number in vector.EnumerateArray())
        {
            var value = number.ValueKind == JsonValueKind.Number ? number.GetSingle() : 0;
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), value);
            at += sizeof(float);
        }

        return bytes;
    }
}
