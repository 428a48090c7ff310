using Docker.DotNet.Handler.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aios.Running.Containers.Engine;

/// <summary>Lets the library use AIOS's own connections, which know DOCKER_TLS_VERIFY and have a time limit for connecting.</summary>
internal sealed class EngineHandlerFactory : IDockerHandlerFactory<SocketsHttpHandler>
{
    /// <inheritdoc/>
    public ResolvedTransport CreateHandler(SocketsHttpHandler transportOptions, ResolvedClientOptions clientOptions, ILogger logger) =>
        new(transportOptions, clientOptions.Endpoint);

    /// <inheritdoc/>
    public ResolvedTransport CreateHandler(ResolvedClientOptions clientOptions, ILogger logger) =>
        throw new NotSupportedException("the handler is made by AIOS");

    /// <summary>Of calls that talk on both ways over one connection. AIOS makes none.</summary>
    public Task<WriteClosableStream> HijackStreamAsync(HttpContent content) =>
        throw new NotSupportedException("AIOS attaches to no container");
}
