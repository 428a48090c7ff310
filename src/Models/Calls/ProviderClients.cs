using System.Net;
using System.Net.Sockets;
using Aios.Models.Configuration;

namespace Aios.Models.Calls;

/// <summary>
/// The connections to providers. Calls to local ones have a client of their own, whose one dialler opens connections to local
/// addresses alone, without a proxy; neither client follows a redirect.
/// </summary>
internal sealed class ProviderClients : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _local = Create(handler =>
    {
        handler.UseProxy = false;
        handler.ConnectCallback = DialLocal;
    });
    private readonly HttpClient _any = Create(static _ => { });

    /// <summary>The client for a provider.</summary>
    public HttpClient For(ModelProvider provider) => provider.IsLocal ? _local : _any;

    /// <inheritdoc />
    public void Dispose()
    {
        _local.Dispose();
        _any.Dispose();
    }

    private static HttpClient Create(Action<SocketsHttpHandler> set)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectPatience,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        set(handler);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    // The address is judged, not the name: a name may lead anywhere.
    private static async ValueTask<Stream> DialLocal(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(target.Host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, cancellation).ConfigureAwait(false);
        var local = Array.FindAll(addresses, LocalAddresses.IsLocal);
        if (local.Length == 0)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                $"{target.Host} is not an address of this machine or its network, so a local provider is not called there"
            );
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(local, target.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
