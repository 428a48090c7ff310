using System.Net;
using Aios.Running.Containers.Engine;

namespace Aios.Tests.Running.Containers;

/// <summary>The engine that the tests use, and the images that they need there.</summary>
internal static class TestEngine
{
    /// <summary>A shell and the small tools.</summary>
    public const string Busybox = "aios-test/busybox:1";

    /// <summary>Python 3 besides.</summary>
    public const string Python = "aios-test/python:1";

    public static EngineAddress Address { get; } = EngineAddress.Find(Environment.GetEnvironmentVariable);

    public static EngineClient Connect(EngineAddress? address = null) =>
        new(address ?? Address, new RegistryCredentials(_ => null), TimeProvider.System);

    /// <summary>What is missing, in words; null if all is there.</summary>
    public static string? WhatIsMissing()
    {
        try
        {
            using var http = new HttpClient(EngineHttp.Handler(Address))
            {
                BaseAddress = EngineHttp.BaseOf(Address),
                Timeout = TimeSpan.FromSeconds(20),
            };
            foreach (var image in (string[])[Busybox, Python])
            {
                using var answer = http.GetAsync(new Uri($"v1.41/images/{image}/json", UriKind.Relative)).GetAwaiter().GetResult();
                if (answer.StatusCode != HttpStatusCode.OK)
                    return $"the container engine has no image {image} (tests/images/make makes it)";
            }

            return null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            return $"no container engine answers at {Address} (start dockerd, or set DOCKER_HOST)";
        }
    }
}
