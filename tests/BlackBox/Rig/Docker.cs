using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>The <c>docker</c> command, on the engine that <c>DOCKER_HOST</c> names.</summary>
internal static partial class Docker
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // The base images that docker/Dockerfile names.
    private static IEnumerable<string> Images =>
        BaseImage().Matches(Docs.Documents.Read("docker/Dockerfile")).Select(match => match.Groups["image"].Value);

    /// <summary>What is missing, in words; null if all is there.</summary>
    public static string? WhatIsMissing()
    {
        if (!Needs.Succeeds("docker", "version"))
            return "no Docker engine answers (DOCKER_HOST)";
        return Images.FirstOrDefault(image => !Needs.Succeeds("docker", "image", "inspect", image)) is { } missing
            ? $"the engine has no image {missing} (tests/images/make)"
            : null;
    }

    /// <summary>Runs it to its end, which must be a good one; the answer is what it printed.</summary>
    public static string Do(params string[] arguments)
    {
        var answer = Try(Longest, arguments);
        Assert.True(answer.Status == 0, $"docker {string.Join(' ', arguments)}: status {answer.Status}\n{answer.Out}\n{answer.Error}");
        return answer.Out.Trim();
    }

    /// <summary>Runs it to whatever end.</summary>
    public static CliResult Try(TimeSpan longest, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { WorkingDirectory = Docs.Documents.Root };
        start.Environment["DOCKER_BUILDKIT"] = "0";
        return CliResult.Of(start, longest);
    }

    [GeneratedRegex(@"^ARG \w+_IMAGE=(?<image>\S+)", RegexOptions.Multiline)]
    private static partial Regex BaseImage();
}
