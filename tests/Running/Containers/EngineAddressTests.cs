using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

public sealed class EngineAddressTests
{
    [Theory]
    [InlineData("unix:///run/user/1000/docker.sock", "unix:///run/user/1000/docker.sock")]
    [InlineData("tcp://build:2375", "tcp://build:2375")]
    [InlineData("tcp://build", "tcp://build:2375")]
    [InlineData("http://build:80", "tcp://build:80")]
    [InlineData("tcp://[::1]:99", "tcp://[::1]:99")]
    public void Is_what_DOCKER_HOST_says(string host, string address) => Assert.Equal(address, Find(("DOCKER_HOST", host)).ToString());

    [Theory]
    [InlineData("docker.sock")]
    [InlineData("ssh://somebody@build")]
    [InlineData("unix://")]
    [InlineData("tcp://")]
    public void What_makes_no_sense_is_told_with_what_was_expected(string host)
    {
        var error = Assert.Throws<EngineException>(() => Find(("DOCKER_HOST", host)));
        Assert.Contains(host, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected unix://", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_make_it_TLS_on_the_port_of_TLS()
    {
        var address = Find(("DOCKER_HOST", "tcp://build"), ("DOCKER_CERT_PATH", "/certificates"), ("DOCKER_TLS_VERIFY", "1"));
        Assert.Equal(("/certificates", true, 2376), (address.Certificates, address.Verify, address.Port));
        Assert.False(Find(("DOCKER_HOST", "tcp://build"), ("DOCKER_CERT_PATH", "/certificates")).Verify);
        Assert.Equal("/home/a/.docker", Find(("DOCKER_HOST", "tcp://build"), ("HOME", "/home/a"), ("DOCKER_TLS_VERIFY", "1")).Certificates);
    }

    [Fact]
    public void Only_a_socket_shares_the_files_of_this_machine()
    {
        Assert.True(Find(("DOCKER_HOST", "unix:///a.sock")).IsLocal);
        Assert.False(Find(("DOCKER_HOST", "tcp://127.0.0.1:2375")).IsLocal);
    }

    private static EngineAddress Find(params (string Name, string Value)[] environment) =>
        EngineAddress.Find(name => environment.FirstOrDefault(pair => pair.Name == name).Value);
}
