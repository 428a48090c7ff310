namespace Aios.Running.Containers.Engine;

/// <summary>Where a container engine listens.</summary>
/// <param name="Socket">The path of a unix socket; null where <paramref name="Host"/> says where.</param>
/// <param name="Host">A host's name or address; null with a socket.</param>
/// <param name="Port">The port there.</param>
/// <param name="Certificates">The folder of ca.pem, cert.pem and key.pem; null without TLS.</param>
/// <param name="Verify">Whether the engine must show a certificate that ca.pem vouches for.</param>
internal sealed record EngineAddress(string? Socket, string? Host, int Port, string? Certificates, bool Verify)
{
    private const int PlainPort = 2375;
    private const int TlsPort = 2376;

    /// <summary>Whether the engine sees the files of this machine.</summary>
    public bool IsLocal => Socket is not null;

    /// <summary>
    /// As the environment says by DOCKER_HOST, DOCKER_CERT_PATH and DOCKER_TLS_VERIFY, else the first usual socket that is there.
    /// </summary>
    /// <exception cref="EngineException">DOCKER_HOST makes no sense.</exception>
    public static EngineAddress Find(Func<string, string?> environment) =>
        environment("DOCKER_HOST") is { Length: > 0 } host ? Parse(host, environment) : OfSocket(UsualSocket(environment));

    /// <summary>As DOCKER_HOST writes it.</summary>
    public override string ToString() => Socket is not null ? $"unix://{Socket}" : $"tcp://{Host}:{Port}";

    private static EngineAddress OfSocket(string path) => new(path, null, 0, null, Verify: false);

    private static EngineAddress Parse(string text, Func<string, string?> environment)
    {
        if (text.StartsWith("unix://", StringComparison.Ordinal) && text.Length > "unix://".Length)
            return OfSocket(text["unix://".Length..]);
        var isUri = Uri.TryCreate(text, UriKind.Absolute, out var uri);
        if (!isUri || uri!.Scheme is not ("tcp" or "http" or "https") || uri.Host.Length == 0)
        {
            throw new EngineException($"DOCKER_HOST is \"{text}\"; expected unix:///path/to/docker.sock or tcp://host:port");
        }

        var certificates = environment("DOCKER_CERT_PATH") is { Length: > 0 } folder ? folder : null;
        var verify = environment("DOCKER_TLS_VERIFY") is { Length: > 0 };
        if (certificates is null && (verify || uri.Scheme == "https"))
            certificates = Path.Combine(HomeOf(environment), ".docker");
        var port =
            uri.Port > 0 ? uri.Port
            : certificates is null ? PlainPort
            : TlsPort;
        return new EngineAddress(null, uri.Host, port, certificates, verify);
    }

    // Docker's own, that of a rootless Docker, Podman's rootless one, Podman's.
    private static string UsualSocket(Func<string, string?> environment)
    {
        const string usual = "/var/run/docker.sock";
        var runtime = environment("XDG_RUNTIME_DIR");
        string[] candidates = runtime is { Length: > 0 }
            ? [usual, Path.Combine(runtime, "docker.sock"), Path.Combine(runtime, "podman", "podman.sock"), "/run/podman/podman.sock"]
            : [usual, "/run/podman/podman.sock"];
        return candidates.FirstOrDefault(File.Exists) ?? usual;
    }

    private static string HomeOf(Func<string, string?> environment) => environment("HOME") is { Length: > 0 } home ? home : "/";
}
