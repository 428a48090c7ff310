using System.Text;
using Aios.Running.Containers;
using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

/// <summary>Names, versions and instants as the engine has them.</summary>
public sealed class EngineTextTests
{
    private static readonly EngineAddress Anywhere = EngineAddress.Find(_ => null);

    [Theory]
    [InlineData("python", "python", "latest", ImageName.DockerHub)]
    [InlineData("python:3.13-slim", "python", "3.13-slim", ImageName.DockerHub)]
    [InlineData("me/tool:1", "me/tool", "1", ImageName.DockerHub)]
    [InlineData("docker.io/library/python", "docker.io/library/python", "latest", ImageName.DockerHub)]
    [InlineData("ghcr.io/me/tool", "ghcr.io/me/tool", "latest", "ghcr.io")]
    [InlineData("localhost:5000/tool", "localhost:5000/tool", "latest", "localhost:5000")]
    [InlineData("localhost:5000/tool:2", "localhost:5000/tool", "2", "localhost:5000")]
    [InlineData("ghcr.io/me/tool:1@sha256:ab", "ghcr.io/me/tool", "sha256:ab", "ghcr.io")]
    public void An_image_is_taken_apart(string text, string name, string version, string registry) =>
        Assert.Equal(new ImageName(name, version, registry), ImageName.Parse(text));

    [Theory]
    [InlineData("1.41", "1.12", "1.41")]
    [InlineData("1.25", null, "1.25")]
    [InlineData("1.99", "1.44", "1.47")]
    [InlineData("2.3", "1.24", "1.47")]
    public void The_newest_version_that_both_know_is_spoken(string its, string? least, string spoken) =>
        Assert.Equal(spoken, ApiVersions.Agree(its, least, Anywhere).ToString());

    [Theory]
    [InlineData("1.24", null, "Update it")]
    [InlineData("3.0", "2.0", "Update AIOS")]
    [InlineData(null, null, "no container engine")]
    [InlineData("new", null, "no container engine")]
    public void Without_such_a_version_it_says_who_is_to_be_updated(string? its, string? least, string word) =>
        Assert.Contains(
            word,
            Assert.Throws<EngineException>(() => ApiVersions.Agree(its, least, Anywhere)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("2026-11-21T09:06:00.944212642Z", "2026-11-21T09:06:00.9442126Z")]
    [InlineData("2026-11-21T09:06:00Z", "2026-11-21T09:06:00.0000000Z")]
    [InlineData("2026-11-21T10:06:00.5+01:00", "2026-11-21T09:06:00.5000000Z")]
    [InlineData("2026-11-20T23:36:00.05-09:30", "2026-11-21T09:06:00.0500000Z")]
    public void An_instant_is_read(string text, string utc)
    {
        Assert.True(EngineTime.TryParse(Encoding.UTF8.GetBytes(text), out var at));
        Assert.Equal(utc, at.UtcDateTime.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Starting")]
    [InlineData("2026-13-21T09:06:00Z")]
    [InlineData("2026-02-30T09:06:00Z")]
    [InlineData("2026-11-21T09:06:00")]
    [InlineData("2026-11-21T25:06:00Z")]
    [InlineData("2026-11-21T09:06:00.5+1:00")]
    [InlineData("0001-01-01T00:00:00+09:00")]
    public void What_is_no_instant_is_not(string text) => Assert.False(EngineTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void An_instant_is_written_for_a_query() =>
        Assert.Equal("1795252000.000000100", EngineTime.Seconds(DateTimeOffset.FromUnixTimeSeconds(1795252000).AddTicks(1)));

    [Theory]
    [InlineData("[FATAL tini (7)] exec nothing failed: No such file or directory\n", "exec nothing failed: No such file or directory")]
    [InlineData("ERROR (catatonit:2): failed to exec pid1: No such file or directory\n", "failed to exec pid1: No such file or directory")]
    [InlineData("a word of a program\n", null)]
    public void The_init_process_says_what_it_cannot_start(string line, string? words) =>
        Assert.Equal(words, InitTrouble.Of(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void The_year_1_is_never() => Assert.Null(EngineTime.Parse("0001-01-01T00:00:00Z"));
}
