using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aios.Running.Containers.Engine.Messages;

namespace Aios.Running.Containers.Engine;

/// <summary>Sends calls in a version that both sides know, and turns each failure into an <see cref="EngineException"/>.</summary>
internal sealed class EngineTransport(EngineAddress address) : IDisposable
{
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(10);

    // Even a slow engine starts a container within this.
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);

    private readonly Lazy<HttpClient> _http = new(() => EngineHttp.Connect(address));
    private readonly Lock _gate = new();
    private volatile EngineIdentity? _identity;
    private Task<EngineIdentity>? _asking;

    /// <summary>Who answers there, after a sign of life.</summary>
    public async Task<EngineIdentity> Ping(CancellationToken cancel)
    {
        var identity = await Identify(cancel).ConfigureAwait(false);
        using var answer = await Exchange(new HttpRequestMessage(HttpMethod.Get, "_ping"), "asking whether it is there", FirstAnswer, cancel).ConfigureAwait(false);
        return identity;
    }

    /// <summary>Sends a call, and gives its answer once the head is there: the body may be a stream without end.</summary>
    /// <param name="method">GET, POST, ...</param>
    /// <param name="path">Without version and leading slash.</param>
    /// <param name="what">In words, for messages: "starting the container".</param>
    /// <param name="content">The body, or null.</param>
    /// <param name="limit">How long it may take; null is two minutes.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="login">What a registry wants to know, for a pull.</param>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string what, HttpContent? content = null, TimeSpan? limit = null, string? login = null, CancellationToken cancel = default)
    {
        var identity = await Identify(cancel).ConfigureAwait(false);
        var request = new HttpRequestMessage(method, $"v{identity.Speaks}/{path}") { Content = content };
        if (login is not null) request.Headers.Add("X-Registry-Auth", login);
        return await Exchange(request, what, limit ?? CallLimit, cancel).ConfigureAwait(false);
    }

    /// <summary>As <see cref="Send"/>, with messages on both ways.</summary>
    public async Task<TAnswer> Call<TAnswer>(
        HttpMethod method, string path, string what, JsonTypeInfo<TAnswer> type, HttpContent? content = null, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        using var answer = await Send(method, path, what, content, limit, cancel: cancel).ConfigureAwait(false);
        return await Read(answer, type, cancel).ConfigureAwait(false);
    }

    /// <summary>A body of JSON. Its length is sent ahead: not every engine takes one in chunks.</summary>
    public static HttpContent Json<T>(T message, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(message, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>What went wrong, in words, while an answer was read.</summary>
    public EngineException Broken(Exception error) => Unreachable(error);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }

    // Asked once, and again after it had gone; by one for all, since Podman starts programs to know its version.
    private async Task<EngineIdentity> Identify(CancellationToken cancel)
    {
        if (_identity is { } known) return known;
        Task<EngineIdentity> asking;
        lock (_gate)
        {
            if (_asking is null or { IsCompleted: true }) _asking = AskVersion();
            asking = _asking;
        }

        return await asking.WaitAsync(cancel).ConfigureAwait(false);
    }

    private async Task<EngineIdentity> AskVersion()
    {
        using var answer = await Exchange(new HttpRequestMessage(HttpMethod.Get, "version"), "asking for its version", FirstAnswer, CancellationToken.None).ConfigureAwait(false);
        var version = await Read(answer, EngineJson.Default.VersionAnswer, CancellationToken.None).ConfigureAwait(false);
        return _identity = EngineIdentity.Of(version, address);
    }

    private async Task<HttpResponseMessage> Exchange(HttpRequestMessage request, string what, TimeSpan limit, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(limit);
        try
        {
            using (request)
            {
                var answer = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
                // "Not modified": it is so already, as after a call whose answer was lost.
                if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotModified) return answer;
                using (answer) throw await Refusal(answer, what, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new EngineException($"the container engine at {address} did not answer within {limit.TotalSeconds:0} s ({what}); it is overloaded or hangs", cause: error) { IsUnreachable = true };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            throw Unreachable(error);
        }
    }

    private async Task<T> Read<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        try
        {
            var message = await answer.Content.ReadFromJsonAsync(type, cancel).ConfigureAwait(false);
            return message ?? throw new EngineException($"the container engine at {address} gave an empty answer");
        }
        catch (JsonException error)
        {
            throw new EngineException($"what answers at {address} is no container engine: {error.Message}. Set DOCKER_HOST to the socket of Docker or Podman", cause: error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Unreachable(error);
        }
    }

    private static async Task<EngineException> Refusal(HttpResponseMessage answer, string what, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
        string? said = null;
        try
        {
            said = JsonSerializer.Deserialize(text, EngineJson.Default.ErrorAnswer)?.Message;
        }
        catch (JsonException)
        {
            // It says so in plain text.
        }

        return new EngineException($"{what} failed; the container engine says: {LineText.Flatten(said ?? text.Trim())}", answer.StatusCode);
    }

    private EngineException Unreachable(Exception error)
    {
        _identity = null;
        return new EngineException($"the container engine at {address} does not answer: {Why(error)}", cause: error) { IsUnreachable = true };
    }

    private string Why(Exception error)
    {
        var socket = error as SocketException ?? error.InnerException as SocketException;
        if (address.Socket is { } path && !File.Exists(path)) return "there is no such socket. Start the engine (systemctl start docker), or set DOCKER_HOST";
        return socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nothing listens there. Start the engine (systemctl start docker), or set DOCKER_HOST",
            SocketError.AccessDenied => "this user may not use it. Add the user to the socket's group (usermod -aG docker NAME), or set DOCKER_HOST to a rootless engine",
            _ => (error.InnerException ?? error).Message,
        };
    }
}
