using Aios.Access;
using Aios.Api.Live;
using Aios.Api.Models;
using Aios.Api.Routes;
using Aios.Daemon;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aios.Api.Serving;

/// <summary>The HTTP server of a daemon: Kestrel alone, without hosting, routing and dependency injection around it.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan PatienceWhenClosing = TimeSpan.FromSeconds(2);

    private readonly List<KestrelServer> _servers = [];
    private readonly LiveServing _live;
    private readonly ConnectionLimits _limits;
    private readonly ReaderPool _readers;
    private readonly Broadcast _broadcast;
    private readonly AddressFile _addresses;

    private ApiServer(ReaderPool readers, Broadcast broadcast, AddressFile addresses, ConnectionLimits limits)
    {
        (_readers, _broadcast, _addresses, _limits) = (readers, broadcast, addresses, limits);
        _live = new LiveServing(limits.MostWatchers);
    }

    /// <summary>Opens it. An address that is taken is told and left out: the daemon has more to do than to be asked.</summary>
    /// <exception cref="StartRefusedException">It would not be safe, or makes no sense.</exception>
    public static async Task<IAsyncDisposable> Open(ApiSettings settings, DaemonHandle daemon)
    {
        var readers = new ReaderPool(daemon.Settings.Database);
        var server = new ApiServer(
            readers,
            new Broadcast(daemon, readers),
            new AddressFile(daemon.StateFile(AddressFile.Name)),
            new ConnectionLimits(daemon)
        );
        if (settings.Listen.IsEmpty)
            return server;
        var keys = KeysOf(settings, daemon, readers);
        RefuseOpenAccess(settings, keys);
        var tls = TlsOf(settings);
        var routes = new RouteTable(ApiRoutes.Of(new ApiServices(daemon, readers, server._broadcast), settings));
        var metrics = new HttpMetrics(daemon.Clock);
        daemon.Metrics.Add(metrics.Collect);
        var gate = new Gate(keys, new HostNames(settings.Hosts), settings.RequestsPerSecond, daemon.Clock);
        var application = new Application(
            routes,
            gate,
            server._live,
            server._limits,
            daemon,
            metrics,
            new ModelEndpoint(daemon.Gateway, gate, daemon, readers)
        );
        foreach (var address in settings.Listen)
            await server.Listen(address, tls, application, daemon).ConfigureAwait(false);
        return server;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _addresses.Dispose();
        await _live.DisposeAsync().ConfigureAwait(false);
        await _broadcast.DisposeAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(PatienceWhenClosing);
        foreach (var server in _servers)
        {
            await server.StopAsync(limit.Token).ConfigureAwait(false);
            server.Dispose();
        }

        _readers.Dispose();
    }

    private static KeyRing KeysOf(ApiSettings settings, DaemonHandle daemon, ReaderPool readers)
    {
        try
        {
            var file = new KeyFile(daemon.StateFile(KeyFile.Name), daemon.Warning);
            file.Ensure();
            return new KeyRing(
                [.. EnvironmentKeys.Read(settings.Keys)],
                () => readers.Read(reader => reader.ApiKeys()),
                file.Read,
                daemon.Clock
            );
        }
        catch (AccessException error)
        {
            throw new StartRefusedException(error.Message);
        }
    }

    private static void RefuseOpenAccess(ApiSettings settings, KeyRing keys)
    {
        if (settings.Listen.FirstOrDefault(address => !address.IsLoopback) is not { } open || keys.ServesOthers)
            return;
        throw new StartRefusedException(
            $"it would listen at {open}, where other machines can reach it, and there is no key that could be asked for. "
                + $"Make one with `aios keys add NAME`, give some with AIOS_API_KEYS, or listen at {ListenAddress.Default} only."
        );
    }

    private static Tls? TlsOf(ApiSettings settings)
    {
        if (settings.Certificate is null && settings.CertificateKey is null)
            return null;
        if (settings.Certificate is not { } certificate || settings.CertificateKey is not { } key)
            throw new StartRefusedException("TLS takes both a certificate (tls_cert) and its key (tls_key), and one of them is missing.");
        return new Tls(certificate, key);
    }

    private async Task Listen(ListenAddress address, Tls? tls, Application application, DaemonHandle daemon)
    {
        var options = OptionsOf(address, tls, _limits);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(application, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            server.Dispose();
            daemon.Warning(
                $"The API is not served at {address}, nor the console: {WhyNotServed(error)}. Everything else continues. Name another "
                    + $"address with --listen, such as --listen "
                    + $"127.0.0.1:{(address.Port == ListenAddress.Default.Port ? address.Port + 1 : ListenAddress.Default.Port)}, or none."
            );
            return;
        }

        _servers.Add(server);
        var url = $"{(tls is null ? "http" : "https")}://{address with { Port = PortOf(server) }}";
        _addresses.Add(url);
        daemon.ServesAt(url);
        daemon.Info($"The API is at {url}. In a browser it is the console.");
    }

    private static string WhyNotServed(Exception error) =>
        error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException
            ? "another program listens there, perhaps another AIOS"
            : error.Message.TrimEnd('.');

    // Port 0 takes any that is free.
    private static int PortOf(KestrelServer server) =>
        BindingAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static KestrelServerOptions OptionsOf(ListenAddress address, Tls? tls, ConnectionLimits limits)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        Limit(options.Limits, limits.Hard);
        options.Listen(address.Address, address.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(limits.Around);
            if (tls is not null)
                listen.Use(tls.Around);
            listen.Use(ServerErrors.Around);
        });
        return options;
    }

    private static void Limit(KestrelServerLimits limits, int connections)
    {
        limits.MaxConcurrentConnections = connections;
        limits.MaxRequestBodySize = ApiRoutes.LargestBody;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
    }
}
