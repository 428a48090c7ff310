using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aios.Running.Containers.Engine;

/// <summary>TLS with the files that Docker's own tools use: ca.pem, cert.pem, key.pem in one folder.</summary>
internal static class EngineTls
{
    /// <exception cref="EngineException">A file is missing or is not what it should be.</exception>
    public static SslClientAuthenticationOptions Options(string folder, bool verify)
    {
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                ClientCertificates =
                [
                    X509Certificate2.CreateFromPemFile(Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem")),
                ],
            };
            if (verify)
                options.CertificateChainPolicy = Trusting(Path.Combine(folder, "ca.pem"));
            else
                AcceptAny(options);
            return options;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EngineException(
                $"the TLS files of the container engine in {folder} cannot be used: {error.Message}. DOCKER_CERT_PATH must name the "
                    + $"folder of ca.pem, cert.pem and key.pem",
                cause: error
            );
        }
    }

    private static X509ChainPolicy Trusting(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return policy;
    }

    // As Docker's own client does where DOCKER_TLS_VERIFY is empty: the user has said so.
    private static void AcceptAny(SslClientAuthenticationOptions options) =>
#pragma warning disable CA5359
        options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
}
