using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Models.Calls;

/// <summary>Tells from the answer of a provider what kind of error it is.</summary>
internal static class ProviderErrors
{
    private const int LongestShown = 500;
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private static readonly string[] ContextWords =
    [
        "context_length",
        "context length",
        "context window",
        "prompt is too long",
        "maximum number of tokens",
        "input token count",
        "too many tokens",
    ];

    /// <summary>The kind of error.</summary>
    public static FailureKind KindOf(HttpStatusCode status, string words) =>
        (int)status switch
        {
            401 or 402 or 403 or 404 => FailureKind.Auth,
            408 or 504 => FailureKind.Timeout,
            413 => FailureKind.Context,
            429 => FailureKind.RateLimit,
            >= 500 => FailureKind.ServerError,
            >= 300 and < 400 => FailureKind.BadAnswer,
            _ => IsAboutContext(words) ? FailureKind.Context
            : words.Contains("API key not valid", StringComparison.OrdinalIgnoreCase) ? FailureKind.Auth
            : FailureKind.BadRequest,
        };

    /// <summary>The provider's own words, or the beginning of what it sent.</summary>
    public static string WordsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            // Gemini may send a list of one.
            var root =
                parsed.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : parsed.RootElement;
            var error = root.Get("error");
            var words = error?.Text("message") ?? root.Text("error") ?? root.Text("message") ?? root.GetRawText();
            var code = error?.Text("code");
            return Cut(code is null || words.Contains(code, StringComparison.Ordinal) ? words : $"{words} ({code})");
        }
        catch (JsonException)
        {
            return Cut(StreamJson.Shown(body.Span));
        }
    }

    /// <summary>How long the provider asks to be left alone; null if it does not.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ when headers.TryGetValues("retry-after-ms", out var values) && TryNumber(values.First(), out var milliseconds) =>
                TimeSpan.FromMilliseconds(milliseconds),
            _ => RetryDelay(body),
        };
        return wait <= TimeSpan.Zero ? null
            : wait > LongestRest ? LongestRest
            : wait;
    }

    // Gemini has it in the body: "retryDelay": "2s".
    private static TimeSpan RetryDelay(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body);
            var delay = parsed
                .RootElement.Get("error")
                ?.Items("details")
                .Select(detail => detail.Text("retryDelay"))
                .FirstOrDefault(text => text is not null);
            return delay is not null && TryNumber(delay.TrimEnd('s'), out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        }
        catch (JsonException)
        {
            return TimeSpan.Zero;
        }
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number < 1e9;

    private static bool IsAboutContext(string words) => ContextWords.Any(part => words.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string Cut(string text) => text.Length <= LongestShown ? text : string.Concat(text.AsSpan(0, LongestShown), "…");
}
