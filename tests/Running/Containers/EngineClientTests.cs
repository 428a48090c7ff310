using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Text;
using Aios.Running;
using Aios.Running.Containers.Engine;
using Aios.Tests.BlackBox;
using Docker.DotNet.Models;

namespace Aios.Tests.Running.Containers;

/// <summary>Against a real engine.</summary>
public sealed class EngineClientTests : IDisposable
{
    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly EngineClient _engine = TestEngine.Connect();
    private readonly string _label = Guid.NewGuid().ToString("n");
    private readonly ConcurrentQueue<(OutputStream Stream, DateTimeOffset? At, string Text)> _printed = new();

    public void Dispose()
    {
        if (Needs.WhatIsMissing(Need.Docker) is null)
            RemoveAll().GetAwaiter().GetResult();
        _engine.Dispose();
    }

    [RequiresFact(Need.Docker)]
    public async Task It_says_who_it_is()
    {
        var identity = await _engine.Ping(Go);
        Assert.Contains(identity.Product, (string[])["Docker", "Podman"]);
        Assert.InRange(identity.Speaks, ApiVersions.Oldest, ApiVersions.Newest);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_container_is_made_started_waited_for_and_removed()
    {
        var id = await Make("echo out; echo error >&2; exit 3");
        Assert.Equal("created", (await State(id)).Status);
        await _engine.Start(id, Go);
        await _engine.Wait(id, Go);
        await _engine.FollowLogs(id, null, Take, Go);
        var state = await State(id);
        Assert.Equal((3, false, false), (state.ExitCode, state.Running, state.OOMKilled));
        Assert.NotNull(EngineTime.Parse(state.FinishedAt));
        Assert.Equal(["error\n", "out\n"], _printed.Select(line => line.Text).Order());
        Assert.Equal("error\n", Assert.Single(_printed, line => line.Stream == OutputStream.Error).Text);
        Assert.All(_printed, line => Assert.NotNull(line.At));
        Assert.Equal(id, Assert.Single(await _engine.List(Labels, Go)).ID);
        await _engine.Remove(id, Go);
        await _engine.Remove(id, Go);
        Assert.Null(await _engine.Inspect(id, Go));
        Assert.Empty(await _engine.List(Labels, Go));
    }

    [RequiresFact(Need.Docker)]
    public async Task Logs_are_followed_while_it_runs_and_can_be_taken_up_again()
    {
        var id = await Make("echo one; read line < /tmp/go; echo two", "mkfifo /tmp/go; ");
        await _engine.Start(id, Go);
        using var leave = new CancellationTokenSource();
        var following = _engine.FollowLogs(id, null, Take, leave.Token);
        await Eventually.Is(() => !_printed.IsEmpty, "the first line");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        var at = Assert.Single(_printed).At!.Value;

        // Engines may round it, so it is far enough away.
        var again = _engine.FollowLogs(id, at.AddMinutes(1), Take, Go);
        await _engine.Kill(id, "KILL", Go);
        await again;
        Assert.Equal(["one\n"], _printed.Select(line => line.Text));
    }

    [RequiresFact(Need.Docker)]
    public async Task It_is_told_to_end_and_killed()
    {
        var deaf = await Make("trap '' TERM; while :; do sleep 1; done");
        await _engine.Start(deaf, Go);
        await _engine.Kill(deaf, "TERM", Go);
        Assert.True((await State(deaf)).Running);
        await _engine.Kill(deaf, "KILL", Go);
        await _engine.Wait(deaf, Go);
        Assert.Equal(137, (await State(deaf)).ExitCode);
        await _engine.Kill(deaf, "TERM", Go);

        var listening = await Make("trap 'exit 7' TERM; while :; do sleep 0.1; done");
        await _engine.Start(listening, Go);
        await _engine.Start(listening, Go);
        await _engine.Kill(listening, "TERM", Go);
        await _engine.Wait(listening, Go);
        Assert.Equal(7, (await State(listening)).ExitCode);
    }

    [RequiresFact(Need.Docker)]
    public async Task Files_go_in_and_come_out()
    {
        var id = await Make("cat /box/in > /box/out", volume: "/box");
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "in") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes("für alle")) }
            );
        }

        await _engine.PutArchive(id, "/box", tar.ToArray(), Go);
        await _engine.Start(id, Go);
        await _engine.Wait(id, Go);
        var text = "";
        Assert.True(
            await _engine.GetArchive(
                id,
                "/box/out",
                async stream =>
                {
                    await using var reader = new TarReader(stream);
                    using var content = new StreamReader((await reader.GetNextEntryAsync())!.DataStream!);
                    text = await content.ReadToEndAsync();
                },
                Go
            )
        );
        Assert.Equal("für alle", text);
        Assert.False(await _engine.GetArchive(id, "/box/none", _ => Task.CompletedTask, Go));
    }

    [RequiresFact(Need.Docker)]
    public async Task What_it_refuses_is_told_in_its_own_words()
    {
        var missing = await Assert.ThrowsAsync<EngineException>(() => _engine.Create(Request(["true"], image: "aios-test/none:1"), Go));
        Assert.True(missing.IsNotFound);
        Assert.Contains("making the container failed; the container engine says: ", missing.Message, StringComparison.Ordinal);

        var id = await _engine.Create(Request(["/no/such/program"]), Go);
        var unstarted = await Assert.ThrowsAsync<EngineException>(() => _engine.Start(id, Go));
        Assert.Contains("/no/such/program", unstarted.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', unstarted.Message);
    }

    [RequiresFact(Need.Docker)]
    public async Task A_pull_that_fails_says_why()
    {
        // Nothing listens there, so no registry is asked.
        var error = await Assert.ThrowsAsync<EngineException>(() => _engine.Pull("127.0.0.1:9/none:1", _ => { }, Go));
        Assert.Contains(
            "pulling the image 127.0.0.1:9/none:1 failed; the container engine says: ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [RequiresFact(Need.Docker)]
    public async Task An_engine_that_goes_away_is_told_apart_from_one_that_refuses_and_is_found_again()
    {
        using var proxy = new EngineProxy();
        using var engine = TestEngine.Connect(proxy.Address);
        await engine.Ping(Go);
        var id = await Make("sleep 1000");
        await engine.Start(id, Go);
        var following = engine.FollowLogs(id, null, Take, Go);
        var waiting = engine.Wait(id, Go);
        await engine.Inspect(id, Go);
        proxy.Down();
        Assert.True((await Assert.ThrowsAsync<EngineException>(() => following)).IsUnreachable);
        Assert.True((await Assert.ThrowsAsync<EngineException>(() => waiting)).IsUnreachable);
        var error = await Assert.ThrowsAsync<EngineException>(() => engine.Ping(Go));
        Assert.True(error.IsUnreachable);
        Assert.Contains("there is no such socket. Start the engine", error.Message, StringComparison.Ordinal);
        proxy.Up();
        Assert.True((await engine.Inspect(id, Go))!.State!.Running);
    }

    [Fact]
    public async Task Nothing_is_opened_before_the_first_call_and_what_is_no_engine_is_told()
    {
        using var engine = TestEngine.Connect(EngineAddress.Find(name => name == "DOCKER_HOST" ? "unix:///no/such.sock" : null));
        var error = await Assert.ThrowsAsync<EngineException>(() => engine.Ping(Go));
        Assert.Contains("unix:///no/such.sock does not answer", error.Message, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Labels => new() { ["aios.test"] = _label };

    private string Name() => $"aios-test-{_label}-{Guid.NewGuid().ToString("n")[..6]}";

    private async Task<State> State(string id) => (await _engine.Inspect(id, Go))!.State!;

    private Task<string> Make(string script, string before = "", string? volume = null)
    {
        var request = Request(["/bin/sh", "-c", before + script]);
        if (volume is not null)
            request.Volumes = new Dictionary<string, EmptyStruct> { [volume] = default };
        return _engine.Create(request, Go);
    }

    private CreateContainerParameters Request(string[] argv, string image = TestEngine.Busybox) =>
        new()
        {
            Name = Name(),
            Image = image,
            Entrypoint = argv,
            Labels = Labels,
            HostConfig = new() { NetworkMode = "none" },
        };

    private void Take(OutputStream stream, DateTimeOffset? at, ReadOnlySpan<byte> text) =>
        _printed.Enqueue((stream, at, Encoding.UTF8.GetString(text)));

    private async Task RemoveAll()
    {
        foreach (var container in await _engine.List(Labels, Go))
            await _engine.Remove(container.ID, Go);
    }
}
