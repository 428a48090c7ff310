using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>What the gateway answered, whole or as a stream.</summary>
/// <param name="Format">That of the request.</param>
/// <param name="Status">0 if there was no answer.</param>
/// <param name="IsStream">Whether it has events.</param>
/// <param name="Body">All that came.</param>
/// <param name="Headers">Those of the answer.</param>
/// <param name="Broken">How the connection broke; null if it did not.</param>
internal sealed record GatewayAnswer(
    string Format,
    int Status,
    bool IsStream,
    string Body,
    IReadOnlyDictionary<string, string> Headers,
    string? Broken
)
{
    /// <summary>The events of a stream, the mark of its end left out.</summary>
    public IEnumerable<JsonElement> Events =>
        Body.Split('\n')
            .Where(line => line.StartsWith("data:", StringComparison.Ordinal))
            .Select(line => line[5..].Trim())
            .Where(data => data != "[DONE]")
            .Select(data => JsonDocument.Parse(data).RootElement);

    /// <summary>Whether a stream says that it is complete.</summary>
    public bool IsComplete =>
        Format switch
        {
            GatewayClient.Chat => Body.Contains("data: [DONE]", StringComparison.Ordinal),
            GatewayClient.Messages => Events.Any(each => Text(each, "type") == "message_stop"),
            _ => Events.Any(each => Text(each, "type") == "response.completed"),
        };

    /// <summary>The text of the answer, as far as it came.</summary>
    public string Content =>
        IsStream ? string.Concat(Events.Select(PieceOf))
        : Status == 200 ? string.Concat(Pieces(Json))
        : "";

    /// <summary>The message of the error, in the answer or in the stream; null if there is none in the format's own form.</summary>
    public string? Error =>
        IsStream ? Events.Select(EventErrorOf).FirstOrDefault(message => message is not null)
        : Status is 200 or 0 ? null
        : ErrorOf(Json);

    /// <summary>The body of an answer that is no stream.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    private IEnumerable<string?> Pieces(JsonElement body) =>
        Format switch
        {
            GatewayClient.Chat => [Text(body.GetProperty("choices")[0].GetProperty("message"), "content")],
            GatewayClient.Messages => TextsOf(body.GetProperty("content")),
            _ => body.GetProperty("output")
                .EnumerateArray()
                .Where(item => Text(item, "type") == "message")
                .SelectMany(item => TextsOf(item.GetProperty("content"))),
        };

    private string? PieceOf(JsonElement each)
    {
        switch (Format)
        {
            case GatewayClient.Chat:
                var hasChoice = each.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0;
                return hasChoice ? Text(choices[0].GetProperty("delta"), "content") : null;
            case GatewayClient.Messages:
                return Text(each, "type") == "content_block_delta" ? Text(each.GetProperty("delta"), "text") : null;
            default:
                return Text(each, "type") == "response.output_text.delta" ? Text(each, "delta") : null;
        }
    }

    private string? EventErrorOf(JsonElement each) =>
        Format switch
        {
            GatewayClient.Chat => ErrorOf(each),
            GatewayClient.Messages => Text(each, "type") == "error" ? ErrorOf(each) : null,
            _ => Text(each, "type") == "error" ? Text(each, "message") : null,
        };

    private string? ErrorOf(JsonElement each)
    {
        if (Format == GatewayClient.Messages && Text(each, "type") != "error")
            return null;
        return each.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && Text(error, "type") is not null
            ? Text(error, "message")
            : null;
    }

    private static IEnumerable<string?> TextsOf(JsonElement blocks) =>
        blocks.EnumerateArray().Where(block => Text(block, "type") is "text" or "output_text").Select(block => Text(block, "text"));

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
