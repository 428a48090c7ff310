namespace Aios.Tests.BlackBox;

/// <summary>What docker/docker-compose.yml starts, for a home. It is gone after <see cref="Dispose"/>.</summary>
internal sealed class AiosComposition : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly AiosHome _home;
    private readonly string _project = $"aios-test-{Guid.NewGuid():n}";
    private readonly string _image = $"aios-test/composed:{Guid.NewGuid():n}";
    private readonly string _override;
    private AiosContainer? _aios;

    public AiosComposition(AiosHome home)
    {
        _home = home;
        _override = home.In("override.yml");
        // The engine of the tests has no network, and the image is there already.
        File.WriteAllText(
            _override,
            $"version: \"3.7\"\nservices:\n  aios:\n    image: {_image}\n    network_mode: none\n    healthcheck: {{interval: 1s}}\n"
        );
        Docker.Do("tag", AiosImages.WithPython, _image);
    }

    public AiosContainer Aios => _aios ?? throw new InvalidOperationException("it is not up");

    public void Up()
    {
        var up = Compose("up", "--detach", "--no-build");
        Assert.True(up.Status == 0, $"docker-compose up: status {up.Status}\n{up.Out}\n{up.Error}");
        _aios = AiosContainer.Of(Compose("ps", "--quiet").Out.Trim());
        _aios.WaitForOutput("as device");
    }

    public void Dispose()
    {
        Compose("down", "--volumes", "--timeout", "40");
        _aios?.Dispose();
        Docker.Try(Longest, "rmi", "--no-prune", _image);
    }

    private CliResult Compose(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(
            "docker-compose",
            ["--project-name", _project, "--file", "docker/docker-compose.yml", "--file", _override, .. arguments]
        )
        {
            WorkingDirectory = Docs.Documents.Root,
        };
        start.Environment["AIOS_FOLDER"] = _home.Folder;
        start.Environment["DEVICE_ID"] = "composed";
        start.Environment["DEVICE_TAGS"] = "tag";
        return CliResult.Of(start, Longest);
    }
}
