using System.Net.Sockets;
using System.Text.Json;
using Aios.Running.Containers.Engine.Messages;
using Docker.DotNet;

namespace Aios.Running.Containers.Engine;

/// <summary>Makes calls in a version that both sides know, and turns each failure into an <see cref="EngineException"/>.</summary>
internal sealed class EngineTransport(EngineAddress address) : IDisposable
{
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(10);

    // Even a slow engine starts a container within this.
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(2);

    private readonly Lazy<EngineConnection> _connection = new(() => new(address));
    private readonly Lock _gate = new();
    private volatile EngineIdentity? _identity;
    private Task<EngineIdentity>? _asking;

    private DockerClient Unversioned => _connection.Value.Unversioned;

    /// <summary>Who answers there, after a sign of life.</summary>
    public async Task<EngineIdentity> Ping(CancellationToken cancel)
    {
        var identity = await Identify(cancel).ConfigureAwait(false);
        var ping = Guard("asking whether it is there", FirstAnswer, limited => Done(Unversioned.System.PingAsync(limited)), cancel);
        await ping.ConfigureAwait(false);
        return identity;
    }

    /// <summary>Makes a call.</summary>
    /// <param name="what">In words, for messages: "starting the container".</param>
    /// <param name="call">By the library.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="limit">How long it may take; null is two minutes.</param>
    /// <exception cref="EngineException">The engine refused, or did not answer.</exception>
    public async Task<T> Call<T>(
        string what,
        Func<DockerClient, CancellationToken, Task<T>> call,
        CancellationToken cancel,
        TimeSpan? limit = null
    )
    {
        var identity = await Identify(cancel).ConfigureAwait(false);
        var client = _connection.Value.In(identity.Speaks);
        return await Guard(what, limit ?? CallLimit, limited => call(client, limited), cancel).ConfigureAwait(false) ?? throw Empty();
    }

    /// <summary>The same, for a call without an answer.</summary>
    public Task Call(string what, Func<DockerClient, CancellationToken, Task> call, CancellationToken cancel, TimeSpan? limit = null) =>
        Call(what, (client, limited) => Done(call(client, limited)), cancel, limit);

    /// <summary>Asks for what the library does not pass on as it comes. The body of the answer may be a stream without end.</summary>
    /// <param name="what">In words, for messages.</param>
    /// <param name="path">Without version and leading slash.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<HttpResponseMessage> Get(string what, string path, CancellationToken cancel)
    {
        var identity = await Identify(cancel).ConfigureAwait(false);
        var call = Guard(what, Timeout.InfiniteTimeSpan, limited => _connection.Value.Get($"v{identity.Speaks}/{path}", limited), cancel);
        return await call.ConfigureAwait(false);
    }

    /// <summary>Reads an answer that is a stream.</summary>
    /// <exception cref="EngineException">The engine went away meanwhile.</exception>
    public async Task Read(Func<Task> read)
    {
        try
        {
            await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw Unreachable(error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_connection.IsValueCreated)
            _connection.Value.Dispose();
    }

    // Asked once, and again after it had gone; by one for all, since Podman starts programs to know its version.
    private async Task<EngineIdentity> Identify(CancellationToken cancel)
    {
        if (_identity is { } known)
            return known;
        Task<EngineIdentity> asking;
        lock (_gate)
        {
            if (_asking is null or { IsCompleted: true })
                _asking = AskVersion();
            asking = _asking;
        }

        return await asking.WaitAsync(cancel).ConfigureAwait(false);
    }

    private async Task<EngineIdentity> AskVersion()
    {
        const string what = "asking for its version";
        var call = Guard(what, FirstAnswer, limited => Unversioned.System.GetVersionAsync(limited), CancellationToken.None);
        return _identity = EngineIdentity.Of(await call.ConfigureAwait(false) ?? throw Empty(), address);
    }

    private async Task<T> Guard<T>(string what, TimeSpan limit, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(limit);
        try
        {
            return await call(patience.Token).ConfigureAwait(false);
        }
        catch (DockerApiException error)
        {
            throw EngineException.Refusal(what, WordsOf(error.ResponseBody ?? ""), error.StatusCode, error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            var words =
                $"the container engine at {address} did not answer within {limit.TotalSeconds:0} s ({what}); it is overloaded or hangs";
            throw new EngineException(words, cause: error) { IsUnreachable = true };
        }
        catch (JsonException error)
        {
            var words =
                $"what answers at {address} is no container engine: {error.Message}. Set DOCKER_HOST to the socket of Docker or Podman";
            throw new EngineException(words, cause: error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            throw Unreachable(error);
        }
    }

    private static async Task<bool> Done(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    private static string WordsOf(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EngineJson.Default.ErrorAnswer)?.Message ?? body.Trim();
        }
        catch (JsonException)
        {
            // It says so in plain text.
            return body.Trim();
        }
    }

    private EngineException Empty() => new($"the container engine at {address} gave an empty answer");

    private EngineException Unreachable(Exception error)
    {
        _identity = null;
        return new EngineException($"the container engine at {address} does not answer: {Why(error)}", cause: error)
        {
            IsUnreachable = true,
        };
    }

    private string Why(Exception error)
    {
        var socket = error as SocketException ?? error.InnerException as SocketException;
        if (address.Socket is { } path && !File.Exists(path))
            return "there is no such socket. Start the engine (systemctl start docker), or set DOCKER_HOST";
        return socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nothing listens there. Start the engine (systemctl start docker), or set DOCKER_HOST",
            SocketError.AccessDenied =>
                "this user may not use it. Add the user to the socket's group (usermod -aG docker NAME), or set DOCKER_HOST to a "
                    + "rootless engine",
            _ => (error.InnerException ?? error).Message,
        };
    }
}
