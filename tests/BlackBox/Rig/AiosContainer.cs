namespace Aios.Tests.BlackBox;

/// <summary>AIOS in a container. It is gone after <see cref="Dispose"/>.</summary>
internal sealed class AiosContainer : IDisposable
{
    private AiosContainer(string id) => Id = id;

    public string Id { get; }

    /// <summary>All that it has said so far.</summary>
    public string Output
    {
        get
        {
            var said = Docker.Try(TimeSpan.FromMinutes(1), "logs", Id);
            return said.Out + said.Error;
        }
    }

    public bool IsRunning => Inspect("{{.State.Running}}") == "true";

    public string Health => Inspect("{{.State.Health.Status}}");

    /// <summary><c>docker run -d</c> with these options and the image's own command; looks at its health each second.</summary>
    public static AiosContainer Run(string image, params string[] options) =>
        new(
            Docker.Do([
                "run",
                "--detach",
                "--network",
                "none",
                "--health-interval",
                "1s",
                "--env",
                "AIOS_LOG_FORMAT=text",
                .. options,
                image,
            ])
        );

    /// <summary>One that somebody else has started.</summary>
    public static AiosContainer Of(string id) => new(id);

    /// <summary>One of <c>docker inspect</c>'s answers.</summary>
    public string Inspect(string format) => Docker.Do("inspect", "--format", format, Id);

    /// <summary>Runs a command in it.</summary>
    public string Execute(params string[] command) => Docker.Do(["exec", Id, .. command]);

    /// <summary>Waits until it has said this.</summary>
    public void WaitForOutput(string text, double seconds = 60)
    {
        var said = SpinWait.SpinUntil(() => Output.Contains(text, StringComparison.Ordinal), TimeSpan.FromSeconds(seconds));
        Assert.True(said, $"the container has not said \"{text}\" within {seconds} s. It said:\n{Output}");
    }

    /// <summary>Waits until it has ended by itself; the answer is its exit status.</summary>
    public int Wait() => int.Parse(Docker.Do("wait", Id), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary><c>docker stop</c>; the answer is its exit status.</summary>
    public int Stop()
    {
        Docker.Do("stop", "--time", "40", Id);
        return Wait();
    }

    /// <inheritdoc />
    public void Dispose() => Docker.Try(TimeSpan.FromMinutes(1), "rm", "--force", "--volumes", Id);
}
