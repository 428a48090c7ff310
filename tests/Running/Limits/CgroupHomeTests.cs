using Aios.Running.Linux.Limits;

namespace Aios.Tests.Running.Limits;

/// <summary>Where a process stands is read from what the kernel says of mounts and membership.</summary>
public sealed class CgroupHomeTests
{
    private const string Hybrid = """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:7 - cgroup cgroup rw,cpu,cpuacct
        33 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:8 master:3 - cgroup cgroup rw,memory
        34 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
        35 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw

        """;

    [Theory]
    // Version 1, with version 2 beside it.
    [InlineData(Hybrid, "5:memory:/user/me\n", "1 /sys/fs/cgroup/memory/user/me memory")]
    [InlineData(Hybrid, "1:cpu,cpuacct:/\n", "1 /sys/fs/cgroup/cpu,cpuacct cpu,cpuacct")]
    [InlineData(Hybrid, "0::/user.slice\n", "2 /sys/fs/cgroup/unified/user.slice ")]
    [InlineData(Hybrid, "9:name=systemd:/\n", "1 /sys/fs/cgroup/systemd name=systemd")]
    [InlineData(Hybrid, "8:pids:/\n", "")]
    // Version 2 alone, as systemd delegates a unit.
    [InlineData(
        "24 1 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n",
        "0::/system.slice/aios.service\n",
        "2 /sys/fs/cgroup/system.slice/aios.service "
    )]
    [InlineData(
        "24 1 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n",
        "0::/system.slice/aios.service/aios-daemon\n",
        "2 /sys/fs/cgroup/system.slice/aios.service "
    )]
    // A container that sees only its own part: with and without a namespace, and mounts of other places.
    [InlineData(
        "9 1 0:22 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
        "5:memory:/docker/abc\n",
        "1 /sys/fs/cgroup/memory memory"
    )]
    [InlineData(
        "9 1 0:22 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
        "5:memory:/docker/abc/in\n",
        "1 /sys/fs/cgroup/memory/in memory"
    )]
    [InlineData("9 1 0:22 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", "5:memory:/docker/abcd\n", "")]
    [InlineData("9 1 0:22 /../.. /sys/fs/cgroup ro - cgroup2 cgroup rw\n", "0::/../other\n", "")]
    // Odd places, and what is no line of that file.
    [InlineData("9 1 0:22 / /mnt/c\\040g rw - cgroup2 cgroup2 rw\n", "0::/a b\n", "2 /mnt/c g/a b ")]
    [InlineData("garbage\n9 1\n- - - - - - -\n", "garbage\n0:\n:\n", "")]
    [InlineData("", "", "")]
    public void Home(string mountinfo, string membership, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                '\n',
                CgroupHome
                    .Parse(mountinfo, membership)
                    .Select(home => $"{(home.IsUnified ? 2 : 1)} {home.Folder} {string.Join(',', home.Controllers)}")
            )
        );
}
