using System.Net;
using System.Text;
using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>A client that speaks the formats of OpenAI and Anthropic, and shows what really came.</summary>
internal sealed class GatewayClient : IDisposable
{
    /// <summary>The format of OpenAI.</summary>
    public const string Chat = "chat";

    /// <summary>That of Anthropic.</summary>
    public const string Messages = "messages";

    /// <summary>The newer one of OpenAI.</summary>
    public const string Responses = "responses";

    /// <summary>Vectors of texts; it has no streams.</summary>
    public const string Embeddings = "embeddings";

    private static readonly Dictionary<string, string> Paths = new()
    {
        [Chat] = "/v1/chat/completions",
        [Messages] = "/v1/messages",
        [Responses] = "/v1/responses",
        [Embeddings] = "/v1/embeddings",
    };

    private readonly HttpClient _http;

    public GatewayClient(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1000 })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    /// <summary>Where the gateway is.</summary>
    public Uri Address { get; }

    /// <summary>Asks a model or route something.</summary>
    public GatewayAnswer Ask(string format, string model, bool streams, string text = "Go on.", int? maxTokens = 100) =>
        AskAsync(format, model, streams, text, maxTokens).GetAwaiter().GetResult();

    /// <summary>As above.</summary>
    public Task<GatewayAnswer> AskAsync(string format, string model, bool streams, string text = "Go on.", int? maxTokens = 100)
    {
        var body = new Dictionary<string, object?> { ["model"] = model };
        if (format == Responses)
            body["input"] = text;
        else
            body["messages"] = new[] { new { role = "user", content = text } };
        if (streams)
            body["stream"] = true;
        if (maxTokens is not null)
        {
            var limit = format switch
            {
                Chat => "max_completion_tokens",
                Messages => "max_tokens",
                _ => "max_output_tokens",
            };
            body[limit] = maxTokens;
        }

        return SendAsync(format, JsonSerializer.Serialize(body));
    }

    /// <summary>Sends a request as it is. What the connection does is part of the answer.</summary>
    public async Task<GatewayAnswer> SendAsync(string format, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Paths[format]);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (format == Messages)
            request.Headers.TryAddWithoutValidation("x-api-key", ModelHome.Key);
        else
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ModelHome.Key}");
        request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
            var headers = response.Headers.ToDictionary(
                pair => pair.Key,
                pair => string.Join(", ", pair.Value),
                StringComparer.OrdinalIgnoreCase
            );
            var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            var (text, broken) = await ReadAsync(response).ConfigureAwait(false);
            return new GatewayAnswer(format, (int)response.StatusCode, isStream, text, headers, broken);
        }
        catch (HttpRequestException error)
        {
            return new GatewayAnswer(format, 0, false, "", new Dictionary<string, string>(), error.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static async Task<(string Text, string? Broken)> ReadAsync(HttpResponseMessage response)
    {
        var bytes = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return (Encoding.UTF8.GetString(bytes.ToArray()), error.Message);
        }

        return (Encoding.UTF8.GetString(bytes.ToArray()), null);
    }
}
