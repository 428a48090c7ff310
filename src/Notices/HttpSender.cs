using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aios.Platform;

namespace Aios.Notices;

/// <summary>Asks web addresses. What it says of them never shows more than their host: the rest may be as good as a password.</summary>
internal sealed class HttpSender : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    // Made when it is needed for the first time: most homes never need it.
    private readonly Lazy<HttpClient> _client = new(() =>
        new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                MaxConnectionsPerServer = 4,
            }
        )
        {
            Timeout = Longest,
        }
    );

    /// <summary>Sends text to an address, or, without any, only asks it.</summary>
    /// <param name="url">The address.</param>
    /// <param name="body">What is sent; null for a GET.</param>
    /// <param name="mediaType">Of the body.</param>
    /// <param name="key">By which the receiver knows what comes a second time; null for none.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<Delivery> Send(string url, string? body, string mediaType, string? key, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return new Delivery("what was found there is not a URL such as https://example.org/hook", IsHopeless: true);
        if (uri.Scheme == "https" && !TlsSupport.IsAvailable)
            return new Delivery(TlsSupport.Advice);
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", $"AIOS/{ProductVersion.Current}");
        if (uri.UserInfo.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo)))
            );
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, new UTF8Encoding(false), mediaType);
        try
        {
            using var answer = await _client
                .Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel)
                .ConfigureAwait(false);
            return Judge(answer, uri);
        }
        catch (HttpRequestException error)
        {
            return new Delivery($"{uri.Host}: {Words(error)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Delivery($"{uri.Host} has not answered within {Longest.TotalSeconds:0} s");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private static Delivery Judge(HttpResponseMessage answer, Uri uri)
    {
        if (answer.IsSuccessStatusCode)
            return Delivery.Done;
        var status = (int)answer.StatusCode;
        var hopeless =
            status is >= 300 and < 500
            && answer.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425);
        var hint = status is >= 300 and < 400 ? "; give the address that it leads to" : "";
        return new Delivery($"{uri.Host} has answered {status}{hint}", hopeless) { RetryAfter = After(answer.Headers.RetryAfter) };
    }

    private static TimeSpan? After(RetryConditionHeaderValue? value) => value?.Delta is { } wait && wait > TimeSpan.Zero ? wait : null;

    private static string Words(HttpRequestException error) => (error.InnerException ?? error).Message.TrimEnd('.');
}
