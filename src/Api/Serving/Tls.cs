using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Aios.Daemon;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Aios.Api.Serving;

/// <summary>
/// TLS around a connection, with a certificate from files. A new certificate in their place is taken over without a restart.
/// </summary>
internal sealed class Tls
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    private readonly string _certificate;
    private readonly string _key;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current;
    private DateTime _changed;

    /// <summary>Reads the files.</summary>
    /// <exception cref="StartRefusedException">They cannot be used.</exception>
    public Tls(string certificate, string key)
    {
        (_certificate, _key) = (certificate, key);
        try
        {
            _changed = LastChange();
            _current = Load();
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or System.Security.Cryptography.CryptographicException
                        or ArgumentException
            )
        {
            throw new StartRefusedException(
                $"the certificate {certificate} with the key {key} cannot be used: {error.Message}. Expected two PEM files that "
                    + $"belong together."
            );
        }
    }

    /// <summary>Shakes hands, then goes on with what was inside.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) =>
        async connection =>
        {
            await using var stream = new SslStream(new DuplexStream(connection.Transport), leaveInnerStreamOpen: true);
            using var limit = new CancellationTokenSource(LongestHandshake);
            try
            {
                var options = new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = Current(),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                };
                await stream.AuthenticateAsServerAsync(options, limit.Token).ConfigureAwait(false);
            }
            catch (Exception error)
                when (error is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
            {
                connection.Abort();
                return;
            }

            var inside = new TlsTransport(stream);
            var outside = connection.Transport;
            connection.Transport = inside;
            connection.Features.Set<ITlsConnectionFeature>(new TlsFeature());
            try
            {
                await next(connection).ConfigureAwait(false);
            }
            finally
            {
                await inside.Complete().ConfigureAwait(false);
                connection.Transport = outside;
            }
        };

    private SslStreamCertificateContext Current()
    {
        lock (_gate)
        {
            try
            {
                if (LastChange() is var changed && changed != _changed)
                    (_current, _changed) = (Load(), changed);
            }
            catch (Exception error)
                when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                // Half-written, or gone for a moment: the former one still serves.
            }

            return _current;
        }
    }

    private DateTime LastChange() => new[] { _certificate, _key }.Max(File.GetLastWriteTimeUtc);

    private SslStreamCertificateContext Load()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_certificate, _key), chain, offline: true);
    }

    private sealed class TlsFeature : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
            Task.FromResult<X509Certificate2?>(null);
    }
}
