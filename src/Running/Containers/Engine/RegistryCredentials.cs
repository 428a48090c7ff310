using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Aios.Running.Containers.Engine.Messages;
using Docker.DotNet.Models;

namespace Aios.Running.Containers.Engine;

/// <summary>
/// Finds how to log in to a registry, where <c>docker login</c> keeps it: in config.json, or in the helper that it names.
/// </summary>
internal sealed class RegistryCredentials(Func<string, string?> environment)
{
    private const string TokenUser = "<token>";
    private static readonly TimeSpan HelperPatience = TimeSpan.FromSeconds(20);

    /// <summary>The login of a registry, or null where there is none.</summary>
    /// <exception cref="EngineException">The file or the helper makes no sense.</exception>
    public async Task<AuthConfig?> Find(string registry, CancellationToken cancel)
    {
        var path = Path.Combine(Folder(), "config.json");
        if (!File.Exists(path))
            return null;
        var config = await Read(path, cancel).ConfigureAwait(false);
        if (config.CredHelpers?.GetValueOrDefault(registry) is { Length: > 0 } own)
            return await Ask(own, registry, cancel).ConfigureAwait(false);
        if (config.CredsStore is { Length: > 0 } store && await Ask(store, registry, cancel).ConfigureAwait(false) is { } kept)
            return kept;
        return EntryOf(config, registry) is { } entry ? Login(entry, registry, path) : null;
    }

    private string Folder() =>
        environment("DOCKER_CONFIG") is { Length: > 0 } folder
            ? folder
            : Path.Combine(environment("HOME") is { Length: > 0 } home ? home : "/", ".docker");

    private static async Task<DockerConfig> Read(string path, CancellationToken cancel)
    {
        try
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                return await JsonSerializer.DeserializeAsync(file, EngineJson.Default.DockerConfig, cancel).ConfigureAwait(false)
                    ?? new DockerConfig();
            }
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"{path} cannot be read, which says how to log in to registries: {error.Message}", cause: error);
        }
    }

    // Older tools wrote the registry as an address.
    private static DockerConfigAuth? EntryOf(DockerConfig config, string registry)
    {
        if (config.Auths is not { } auths)
            return null;
        return auths.GetValueOrDefault(registry)
            ?? auths.GetValueOrDefault($"https://{registry}")
            ?? auths.GetValueOrDefault($"https://{registry}/v1/");
    }

    private static AuthConfig? Login(DockerConfigAuth entry, string registry, string path)
    {
        if (entry.IdentityToken is { Length: > 0 } token)
            return new AuthConfig { ServerAddress = registry, IdentityToken = token };
        if (entry.Auth is not { Length: > 0 } auth)
            return null;
        var plain = new byte[auth.Length];
        var decoded = Convert.TryFromBase64String(auth, plain, out var length)
            ? Encoding.UTF8.GetString(plain, 0, length).TrimEnd('\0')
            : "";
        var colon = decoded.IndexOf(':');
        if (colon < 0)
            throw new EngineException($"the entry of {registry} in {path} is damaged; log in again with: docker login {registry}");
        return new AuthConfig
        {
            ServerAddress = registry,
            Username = decoded[..colon],
            Password = decoded[(colon + 1)..],
        };
    }

    private static async Task<AuthConfig?> Ask(string helper, string registry, CancellationToken cancel)
    {
        var program = $"docker-credential-{helper}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(HelperPatience);
        string answer;
        try
        {
            answer = await Run(program, registry, patience.Token).ConfigureAwait(false);
        }
        catch (Exception error)
            when (error is Win32Exception or IOException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new EngineException(
                $"{program}, which Docker's config.json names for the credentials of {registry}, did not answer: {error.Message}",
                cause: error
            );
        }

        return answer.TrimStart().StartsWith('{') ? Read(answer, program, registry) : null;
    }

    // Its end is not waited for: its output ends with it, and its children are reaped elsewhere in this process.
    private static async Task<string> Run(string program, string registry, CancellationToken cancel)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, "get") { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        try
        {
            await process.StandardInput.WriteAsync(registry.AsMemory(), cancel).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has answered, or ended, without having read.
        }

        return await process.StandardOutput.ReadToEndAsync(cancel).ConfigureAwait(false);
    }

    private static AuthConfig? Read(string answer, string program, string registry)
    {
        try
        {
            var found = JsonSerializer.Deserialize(answer, EngineJson.Default.HelperAnswer);
            if (found?.Secret is not { Length: > 0 } secret)
                return null;
            return found.Username == TokenUser
                ? new AuthConfig { ServerAddress = registry, IdentityToken = secret }
                : new AuthConfig
                {
                    ServerAddress = registry,
                    Username = found.Username,
                    Password = secret,
                };
        }
        catch (JsonException error)
        {
            throw new EngineException($"{program} did not answer with JSON: {error.Message}", cause: error);
        }
    }
}
