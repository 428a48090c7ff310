using Docker.DotNet;

namespace Aios.Running.Containers.Engine;

/// <summary>An engine's clients, all over the same connections. Safe from several threads at once.</summary>
internal sealed class EngineConnection : IDisposable
{
    private static readonly EngineHandlerFactory Factory = new();

    private readonly EngineAddress _address;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private volatile DockerClient _versioned;

    /// <exception cref="EngineException">The files of TLS cannot be used.</exception>
    public EngineConnection(EngineAddress address)
    {
        _address = address;
        _handler = EngineHttp.Handler(address);
        _http = new HttpClient(_handler) { BaseAddress = EngineHttp.BaseOf(address), Timeout = Timeout.InfiniteTimeSpan };
        _versioned = Unversioned = Make(null);
    }

    /// <summary>For the calls that come before a version is agreed on.</summary>
    public DockerClient Unversioned { get; }

    /// <summary>For all other calls.</summary>
    public DockerClient In(Version version) => _versioned.Options.ApiVersion == version ? _versioned : _versioned = Make(version);

    /// <summary>Gives the answer as soon as its head is there.</summary>
    /// <exception cref="DockerApiException">The engine refused.</exception>
    public async Task<HttpResponseMessage> Get(string path, CancellationToken cancel)
    {
        var address = new Uri(path, UriKind.Relative);
        var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
        {
            throw new DockerApiException(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel).ConfigureAwait(false));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        Unversioned.Dispose();
        _versioned.Dispose();
    }

    // Each call has a time limit of its own.
    private DockerClient Make(Version? version) =>
        new DockerClientBuilder()
            .WithEndpoint(EngineHttp.BaseOf(_address))
            .WithApiVersion(version)
            .WithTimeout(Timeout.InfiniteTimeSpan)
            .WithTransportOptions(Factory, _handler)
            .Build();
}
