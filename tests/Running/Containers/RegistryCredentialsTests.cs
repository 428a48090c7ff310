using Aios.Running.Containers.Engine;
using Docker.DotNet.Models;

namespace Aios.Tests.Running.Containers;

public sealed class RegistryCredentialsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_file_there_is_no_login() => Assert.Null(await Find("ghcr.io"));

    [Fact]
    public async Task A_password_is_taken_from_the_file()
    {
        // me:a:b, since a password may hold a colon.
        Write("""{"auths": {"ghcr.io": {"auth": "bWU6YTpi"}}}""");
        Assert.Equivalent(
            new AuthConfig
            {
                ServerAddress = "ghcr.io",
                Username = "me",
                Password = "a:b",
            },
            await Find("ghcr.io"),
            strict: true
        );
        Assert.Null(await Find("quay.io"));
    }

    [Fact]
    public async Task A_token_goes_before_a_password()
    {
        Write("""{"auths": {"https://index.docker.io/v1/": {"auth": "bWU6YQ==", "identitytoken": "t"}}}""");
        Assert.Equivalent(
            new AuthConfig { ServerAddress = ImageName.DockerHub, IdentityToken = "t" },
            await Find(ImageName.DockerHub),
            strict: true
        );
    }

    [LinuxFact]
    public async Task A_registry_may_have_a_helper_of_its_own()
    {
        var helper = Helper(
            "test",
            """read registry; echo "{\"ServerURL\": \"$registry\", \"Username\": \"me\", \"Secret\": \"for $registry\"}" """
        );
        Write($$$"""{"credHelpers": {"ghcr.io": "{{{helper}}}"}}""");
        Assert.Equivalent(
            new AuthConfig
            {
                ServerAddress = "ghcr.io",
                Username = "me",
                Password = "for ghcr.io",
            },
            await Find("ghcr.io"),
            strict: true
        );
    }

    [LinuxFact]
    public async Task A_store_without_the_registry_leaves_it_to_the_file()
    {
        var helper = Helper("empty", "echo credentials not found in native keychain; exit 1");
        Write($$$$"""{"credsStore": "{{{{helper}}}}", "auths": {"ghcr.io": {"auth": "bWU6YQ=="}}}""");
        Assert.Equal("a", (await Find("ghcr.io"))?.Password);
    }

    [LinuxFact]
    public async Task A_store_may_answer_with_a_token()
    {
        var helper = Helper("token", """echo '{"Username": "<token>", "Secret": "t"}'""");
        Write($$"""{"credsStore": "{{helper}}"}""");
        Assert.Equal("t", (await Find("ghcr.io"))?.IdentityToken);
    }

    [Theory]
    [InlineData("{", "config.json")]
    [InlineData("""{"auths": {"ghcr.io": {"auth": "%"}}}""", "docker login ghcr.io")]
    [InlineData("""{"credsStore": "no-such-helper"}""", "docker-credential-no-such-helper")]
    public async Task A_damaged_file_is_told(string config, string words)
    {
        Write(config);
        Assert.Contains(words, (await Assert.ThrowsAsync<EngineException>(() => Find("ghcr.io"))).Message, StringComparison.Ordinal);
    }

    private Task<AuthConfig?> Find(string registry) =>
        new RegistryCredentials(name => name == "DOCKER_CONFIG" ? _folder.Path : null).Find(registry, CancellationToken.None);

    private void Write(string config) => File.WriteAllText(_folder.File("config.json"), config);

    // A helper is looked for on the PATH.
    private string Helper(string name, string script)
    {
        var helper = $"{name}-{Path.GetFileName(_folder.Path)}";
        var path = _folder.File($"docker-credential-{helper}");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{_folder.Path}");
        return helper;
    }
}
