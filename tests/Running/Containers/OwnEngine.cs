using System.Diagnostics;
using Aios.Running.Containers.Engine;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Running.Containers;

/// <summary>A Docker engine of its own, with a copy of one image, that a test may stop and start.</summary>
internal sealed class OwnEngine : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private Process? _engine;

    public OwnEngine()
    {
        Address = EngineAddress.Find(name => name == "DOCKER_HOST" ? $"unix://{_folder.File("engine.sock")}" : null);
        Start();
        var archive = _folder.File("image.tar");
        Docker(TestEngine.Address, "save", "--output", archive, TestEngine.Busybox);
        Docker(Address, "load", "--input", archive);
    }

    public EngineAddress Address { get; }

    /// <summary>Whether one can be started here, in words; null if it can.</summary>
    public static string? WhatIsMissing() =>
        Environment.UserName == "root" && Needs.Succeeds("dockerd", "--version")
            ? null
            : "no container engine of its own can be started (needs root and dockerd)";

    public void Start()
    {
        var log = _folder.File("engine.log");
        // The shell gives way to it, so that it is our child, and keeps what it says.
        _engine = Process.Start(
            "/bin/sh",
            [
                "-c",
                $"exec dockerd -H {Address} --data-root '{_folder.File("data")}' --exec-root '{_folder.File("exec")}' -p "
                    + $"'{_folder.File("pid")}' --bridge=none --iptables=false >>'{log}' 2>&1",
            ]
        );
        var answers = SpinWait.SpinUntil(() => _engine.HasExited || Needs.Succeeds("docker", "-H", $"{Address}", "version"), Longest);
        Assert.True(answers && !_engine.HasExited, $"dockerd has not come up:\n{File.ReadAllText(log)}");
    }

    /// <summary>As a service manager stops it: it ends its containers.</summary>
    public void Stop()
    {
        AiosProcess.Send(_engine!.Id, AiosProcess.Term);
        Assert.True(_engine.WaitForExit(Longest), "dockerd has not ended");
        _engine.Dispose();
        _engine = null;
    }

    public void Dispose()
    {
        if (_engine is not null)
            Stop();
        _folder.Dispose();
    }

    private static void Docker(EngineAddress engine, params string[] arguments) =>
        Assert.True(Needs.Succeeds("docker", ["-H", $"{engine}", .. arguments]), $"docker {string.Join(' ', arguments)}");
}
