namespace Aios.Tests.BlackBox;

/// <summary>
/// Both images of AIOS, built from this source once for all tests. What was built stays on the engine, so that the next build is
/// short.
/// </summary>
public sealed class AiosImages
{
    /// <summary>With Python.</summary>
    internal const string WithPython = "aios-orchestrator:test";

    /// <summary>Without.</summary>
    internal const string Slim = "aios-orchestrator:test-slim";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly Lazy<bool> Built = new(() =>
    {
        if (Docker.WhatIsMissing() is not null)
            return false;
        Build("--target", "aios-slim", "--tag", Slim);
        Build("--tag", WithPython);
        return true;
    });

    /// <summary>Builds them, if that is possible here.</summary>
    public AiosImages() => _ = Built.Value;

    /// <summary>Megabytes (1e6) of an image, its base included.</summary>
    internal static double Megabytes(string image) =>
        double.Parse(Docker.Do("image", "inspect", "--format", "{{.Size}}", image), System.Globalization.CultureInfo.InvariantCulture)
        / 1e6;

    // The classic builder is the one that every engine has; --network host, as an engine may be without a network of its own.
    private static void Build(params string[] arguments) =>
        Docker.Try(Longest, ["build", "--network", "host", "--file", "docker/Dockerfile", .. arguments, "."]).Exits(0);
}
