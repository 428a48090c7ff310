using Aios.Running.Containers;
using Docker.DotNet.Models;

namespace Aios.Tests.Running.Containers;

/// <summary>Paths of an AIOS that runs in a container itself.</summary>
public sealed class EnginePathsTests
{
    private const string Id = "3f4e5d6c7b8a99887766554433221100ffeeddccbbaa00112233445566778899";

    [Theory]
    [InlineData("/app/Programs", "/home/me/aios/Programs")]
    [InlineData("/app/Programs/deep/a.py", "/home/me/aios/Programs/deep/a.py")]
    [InlineData("/app/Programs2", null)]
    [InlineData("/app/data/.aios/containers/7", "/var/lib/docker/volumes/data/_data/.aios/containers/7")]
    [InlineData("/app", null)]
    [InlineData("/etc/passwd", null)]
    public void A_path_is_where_the_mounts_of_AIOS_lead(string path, string? engine) =>
        Assert.Equal(
            engine,
            Paths(("/home/me/aios/Programs", "/app/Programs"), ("/var/lib/docker/volumes/data/_data", "/app/data")).Of(path)
        );

    [Fact]
    public void The_longest_mount_counts() => Assert.Equal("/two/x", Paths(("/one", "/app"), ("/two/", "/app/inner")).Of("/app/inner/x"));

    [Theory]
    [InlineData("1 2 0:1 /var/lib/docker/containers/" + Id + "/hostname /etc/hostname rw - ext4 /dev/sda1 rw", "box", Id)]
    [InlineData("1 2 0:1 /containers/" + Id + "/resolv.conf /etc/resolv.conf rw", "box", Id)]
    [InlineData("1 2 0:1 /overlay-containers/" + Id + "/userdata/hostname /etc/hostname rw", "box", Id)]
    [InlineData("1 2 0:1 / / rw - overlay overlay rw", "0123456789ab", "0123456789ab")]
    public void AIOS_finds_the_id_of_its_own_container(string mounts, string host, string id) =>
        Assert.Equal(id, EnginePaths.OwnIds(mounts, host).First());

    [Fact]
    public void Elsewhere_it_finds_none() => Assert.Empty(EnginePaths.OwnIds("1 2 0:1 / / rw - ext4 /dev/sda1 rw", "laptop"));

    private static EnginePaths Paths(params (string Source, string Destination)[] mounts) =>
        EnginePaths.Of(
            new() { Mounts = [.. mounts.Select(mount => new MountPoint { Source = mount.Source, Destination = mount.Destination })] }
        );
}
