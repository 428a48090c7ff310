using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aios.Running.Containers.Engine;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Running.Containers;

/// <summary>The real engine behind TLS that both sides must prove themselves in.</summary>
public sealed class EngineTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _authority = Certify("AIOS test authority", null);

    public EngineTlsTests() => _listener.Start();

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [RequiresFact(Need.Docker)]
    public async Task Both_sides_prove_themselves()
    {
        WriteFiles(_authority);
        _ = Serve();
        using var engine = TestEngine.Connect(Address);
        Assert.NotEmpty((await engine.Ping(CancellationToken.None)).Version);
    }

    [RequiresFact(Need.Docker)]
    public async Task An_engine_that_somebody_else_vouches_for_is_not_talked_to()
    {
        using var other = Certify("another authority", null);
        WriteFiles(other);
        _ = Serve();
        using var engine = TestEngine.Connect(Address);
        var error = await Assert.ThrowsAsync<EngineException>(() => engine.Ping(CancellationToken.None));
        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Missing_files_are_told()
    {
        using var engine = TestEngine.Connect(Address);
        var error = await Assert.ThrowsAsync<EngineException>(() => engine.Ping(CancellationToken.None));
        Assert.Contains("DOCKER_CERT_PATH", error.Message, StringComparison.Ordinal);
    }

    private EngineAddress Address => new(null, "127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, _folder.Path, Verify: true);

    private void WriteFiles(X509Certificate2 trusted)
    {
        using var client = Certify("client", _authority);
        File.WriteAllText(_folder.File("ca.pem"), trusted.ExportCertificatePem());
        File.WriteAllText(_folder.File("cert.pem"), client.ExportCertificatePem());
        File.WriteAllText(_folder.File("key.pem"), client.GetRSAPrivateKey()!.ExportRSAPrivateKeyPem());
    }

    private async Task Serve()
    {
        using var own = Certify("127.0.0.1", _authority);
        using var tcp = await _listener.AcceptTcpClientAsync();
        await using var near = new SslStream(tcp.GetStream());
        await near.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = own,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Issuer == _authority.Subject,
            }
        );
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(TestEngine.Address.Socket!));
        await using var far = new NetworkStream(socket);
        await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
    }

    private static X509Certificate2 Certify(string name, X509Certificate2? issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName("test");
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = issuer is null
            ? (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1))
            : (issuer.NotBefore, issuer.NotAfter);
        using var bare = issuer is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        using var whole = bare.HasPrivateKey
            ? X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable)
            : bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }
}
