using System.Net.Sockets;

namespace Aios.Running.Containers.Engine;

/// <summary>HTTP to an engine: over its unix socket, over TCP, or over TCP with TLS.</summary>
internal static class EngineHttp
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    /// <exception cref="EngineException">The files of TLS cannot be used.</exception>
    public static SocketsHttpHandler Handler(EngineAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectPatience,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = (_, cancel) => Open(address, cancel),
        };
        if (address.Certificates is { } folder)
            handler.SslOptions = EngineTls.Options(folder, address.Verify);
        return handler;
    }

    /// <summary>What the addresses of all calls begin with.</summary>
    public static Uri BaseOf(EngineAddress address) =>
        address.Socket is not null
            ? new Uri("http://engine/")
            : new UriBuilder(address.Certificates is null ? "http" : "https", address.Host, address.Port).Uri;

    /// <summary>
    /// The process that listens on a socket, as this process sees it; 0 if it cannot, since that one is in another world of
    /// processes: outside of the container that this one is in.
    /// </summary>
    public static async Task<int> Listener(string path, CancellationToken cancel)
    {
        const int sockets = 1; // SOL_SOCKET
        const int peer = 17; // SO_PEERCRED
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            var credentials = new byte[3 * sizeof(int)];
            return socket.GetRawSocketOption(sockets, peer, credentials) >= sizeof(int) ? BitConverter.ToInt32(credentials) : 0;
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static async ValueTask<Stream> Open(EngineAddress address, CancellationToken cancel)
    {
        var socket = address.Socket is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (address.Socket is { } path)
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            else
                await socket.ConnectAsync(address.Host!, address.Port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
