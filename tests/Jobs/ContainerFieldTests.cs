using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>What a list says of containers.</summary>
public sealed class ContainerFieldTests
{
    [Fact]
    public void All_of_it_is_read_and_written_again()
    {
        var job = Lists.Job(
            Image(
                "pull: always\n  network: none\n  volumes: [\"./data:/data:ro\", \"cache:/cache\", \"/srv:/srv:rw\"]\n  user: 1000:1000\n "
                    + " workdir: /data\n  gpus: all\n  privileges: {read_only: false, capabilities: [cap_chown, NET_ADMIN], "
                    + "new_privileges: "
                    + "true, init: false}"
            )
        );
        var container = ContainerPlace.Of(job);
        Assert.Equal(
            ("python:3.13-slim", PullPolicy.Always, "none", "1000:1000", "/data", "all"),
            (container.Image, container.Pull, container.Network, container.User, job.Workdir, container.Gpus)
        );
        Assert.Equal(
            [new JobVolume("./data", "/data", true), new JobVolume("cache", "/cache", false), new JobVolume("/srv", "/srv", false)],
            container.Volumes.ToArray()
        );
        Assert.Equal(["CHOWN", "NET_ADMIN"], container.Privileges.Capabilities.ToArray());
        Assert.Equal((false, true, false), (container.Privileges.ReadOnly, container.Privileges.NewPrivileges, container.Privileges.Init));
        Assert.Equal(JobJson.Write(job), JobJson.Write(Lists.Job("[" + JobJson.Write(job) + "]")));
    }

    [Fact]
    public void Without_a_word_a_container_has_the_least()
    {
        var container = ContainerPlace.Of(Lists.Job(Image("pull: missing")));
        Assert.Equal((true, false, true), (container.Privileges.ReadOnly, container.Privileges.NewPrivileges, container.Privileges.Init));
        Assert.Empty(container.Privileges.Capabilities);
        Assert.Null(container.Network);
    }

    [Theory]
    [InlineData("network: my net", "the name of a network of the engine")]
    [InlineData("user: a:b:c", "1000:1000")]
    [InlineData("workdir: data", "an absolute path")]
    [InlineData("gpus: 0", "how many")]
    [InlineData("volumes: [\"data\"]", "source:target")]
    [InlineData("volumes: [\"data:relative\"]", "source:target")]
    [InlineData("volumes: [\"data:/aios/run\"]", "outside of /aios")]
    [InlineData("volumes: [\"a:/b:wr\"]", "source:target:ro")]
    [InlineData("volumes: \"a:/b\"", "a list such as")]
    [InlineData("pull: sometimes", "one of missing, always, never")]
    [InlineData("privileges: {readonly: false}", "Did you mean \"read_only\"?")]
    [InlineData("privileges: {capabilities: [\"two words\"]}", "a capability of Linux")]
    [InlineData("privileges: all", "a map such as")]
    public void What_makes_no_sense_is_told(string line, string words) =>
        Assert.Contains(words, Lists.Error(Image(line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("network: none")]
    [InlineData("volumes: []")]
    [InlineData("privileges: {init: false}")]
    public void Without_an_image_there_is_nothing_to_say_it_of(string line) =>
        Assert.Contains("add an \"image\" or remove it", Lists.Error(Lists.Trigger(line)), StringComparison.Ordinal);

    [Fact]
    public void A_default_for_containers_is_for_those_that_have_an_image()
    {
        var jobs = Lists.Jobs(
            "defaults: {network: none}\njobs:\n  - {name: a, type: trigger, file: a.py}\n  - {name: b, type: trigger, file: b.py, "
                + "image: python}\n"
        );
        Assert.Equal([null, "none"], jobs.Select(job => ContainerPlace.Of(job).Network));
    }

    [Fact]
    public void An_image_without_a_program_is_not_enough() =>
        Assert.Contains("is missing", Lists.Error("- {name: a, type: trigger, image: python}\n"), StringComparison.Ordinal);

    private static string Image(string more) => Lists.Trigger("image: python:3.13-slim\n  " + more);
}
