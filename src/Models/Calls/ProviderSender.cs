using System.Net;
using Aios.Models.Configuration;
using Aios.Models.Wire;

namespace Aios.Models.Calls;

/// <summary>Sends a request to a provider, and tells what came of it: an answer that has begun, or why there is none.</summary>
internal sealed class ProviderSender(ProviderClients clients, TimeProvider clock)
{
    private const int LongestError = 64 * 1024;
    private const int LongestAnswer = 64 * 1024 * 1024;

    // Those of OpenAI and most others, of Anthropic, and of Azure.
    private static readonly string[] RequestIds = ["x-request-id", "request-id", "apim-request-id"];

    // Without having reached anybody: nothing was sent that could be billed.
    private static readonly HttpRequestError[] Unsent =
    [
        HttpRequestError.ConnectionError,
        HttpRequestError.NameResolutionError,
        HttpRequestError.SecureConnectionError,
        HttpRequestError.ProxyTunnelError,
    ];

    /// <summary>Sends a request.</summary>
    /// <returns>An answer with a status of success; or why there is none.</returns>
    public async Task<(HttpResponseMessage? Answer, AttemptFailure? Failure)> Send(
        ModelProvider provider,
        HttpRequestMessage request,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(provider.Timeout);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await clients
                .For(provider)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token)
                .ConfigureAwait(false);
            if (answer.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices)
                return (answer, null);
            var body = await ReadUpTo(answer, LongestError, limit.Token).ConfigureAwait(false);
            var failure = FailureOf(answer, body);
            answer.Dispose();
            return (null, failure);
        }
        catch (Exception error) when (IsOfConnection(error))
        {
            answer?.Dispose();
            var failure = FailureOf(provider, error, cancellation);
            return (null, failure with { MayBeBilled = failure.MayBeBilled && request.Content is not ProviderContent { IsSent: false } });
        }
    }

    /// <summary>The whole body of an answer.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, AttemptFailure? Failure)> ReadWhole(
        ModelProvider provider,
        HttpResponseMessage answer,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(provider.Timeout);
        try
        {
            return (await ReadUpTo(answer, LongestAnswer, limit.Token).ConfigureAwait(false), null);
        }
        catch (Exception error) when (IsOfConnection(error))
        {
            return (default, FailureOf(provider, error, cancellation) with { MayBeBilled = true });
        }
    }

    /// <summary>What the provider calls a request; null if it does not say.</summary>
    public static string? RequestIdOf(HttpResponseMessage answer) =>
        RequestIds
            .Select(name => answer.Headers.TryGetValues(name, out var values) ? AnswerIdentity.Plain(values.First()) : null)
            .FirstOrDefault(id => id is not null);

    /// <summary>Whether an exception tells of a connection that broke or took too long.</summary>
    public static bool IsOfConnection(Exception error) =>
        error is HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    /// <summary>What such an exception means.</summary>
    public static AttemptFailure FailureOf(ModelProvider provider, Exception error, CancellationToken cancellation)
    {
        var unsent = error is HttpRequestException { HttpRequestError: var kind } && Unsent.Contains(kind);
        if (cancellation.IsCancellationRequested)
            return new AttemptFailure(FailureKind.BadRequest, "the caller has gone") { MayBeBilled = !unsent };
        if (error is OperationCanceledException or TimeoutException)
        {
            return new AttemptFailure(FailureKind.Timeout, $"\"{provider.Name}\" took more than {provider.Timeout.TotalSeconds:0.#} s")
            {
                MayBeBilled = true,
            };
        }

        var words = (error.InnerException ?? error).Message.TrimEnd('.');
        return new AttemptFailure(FailureKind.Connection, $"the connection to \"{provider.Name}\" ({provider.Address.Authority}): {words}")
        {
            MayBeBilled = !unsent,
        };
    }

    private AttemptFailure FailureOf(HttpResponseMessage answer, ReadOnlyMemory<byte> body)
    {
        var words = ProviderErrors.WordsOf(body);
        return new AttemptFailure(ProviderErrors.KindOf(answer.StatusCode, words), $"status {(int)answer.StatusCode}: {words}")
        {
            Status = (int)answer.StatusCode,
            ProviderRequest = RequestIdOf(answer),
            RetryAfter = ProviderErrors.RetryAfter(answer.Headers, body, clock.GetUtcNow()),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadUpTo(HttpResponseMessage answer, int most, CancellationToken cancellation)
    {
        var stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var whole = new MemoryStream((int)Math.Min(answer.Content.Headers.ContentLength ?? 4096, 1024 * 1024));
            var buffer = new byte[16 * 1024];
            while (whole.Length < most)
            {
                var read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                if (read == 0)
                    return new ReadOnlyMemory<byte>(whole.GetBuffer(), 0, (int)whole.Length);
                whole.Write(buffer, 0, read);
            }

            if (most == LongestAnswer)
                throw new IOException($"the answer is longer than {most} bytes");
            return new ReadOnlyMemory<byte>(whole.GetBuffer(), 0, most);
        }
    }

    /// <summary>A request with a JSON body.</summary>
    public static HttpRequestMessage RequestOf(Uri address, ReadOnlyMemory<byte> body, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ProviderContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                throw new ProviderErrorException(FailureKind.Auth, $"the header \"{name}\" of the provider cannot be sent");
        }

        return request;
    }
}
