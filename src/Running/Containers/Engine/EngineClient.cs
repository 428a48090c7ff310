using Docker.DotNet.Models;

namespace Aios.Running.Containers.Engine;

/// <summary>
/// What AIOS asks of a container engine, by the HTTP interface that Docker has and Podman offers. Nothing is opened before
/// the first call. Safe from several threads at once.
/// </summary>
internal sealed class EngineClient(EngineAddress address, RegistryCredentials credentials, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan NoLimit = Timeout.InfiniteTimeSpan;
    private readonly EngineTransport _transport = new(address);

    public EngineAddress Address => address;

    /// <summary>Of the engine that the environment names, or the usual one.</summary>
    /// <exception cref="EngineException">DOCKER_HOST makes no sense.</exception>
    public static EngineClient OfEnvironment(TimeProvider time) =>
        new(EngineAddress.Find(Environment.GetEnvironmentVariable), new RegistryCredentials(Environment.GetEnvironmentVariable), time);

    /// <summary>Who answers, after a sign of life.</summary>
    public Task<EngineIdentity> Ping(CancellationToken cancel) => _transport.Ping(cancel);

    /// <summary>Makes a container, which does not run yet; its id.</summary>
    public async Task<string> Create(CreateContainerParameters request, CancellationToken cancel)
    {
        var call = _transport.Call(
            "making the container",
            (docker, limited) => docker.Containers.CreateContainerAsync(request, limited),
            cancel
        );
        return (await call.ConfigureAwait(false)).ID;
    }

    /// <summary>Starts it; nothing happens if it runs already, as after a call whose answer was lost.</summary>
    public Task Start(string id, CancellationToken cancel) =>
        _transport.Call("starting the container", (docker, limited) => docker.Containers.StartContainerAsync(id, null, limited), cancel);

    /// <summary>
    /// Tells all that it prints, until it ends. The library's stream of logs drops the frames, and with them where a line with
    /// its time begins.
    /// </summary>
    /// <param name="id">The container.</param>
    /// <param name="since">Nothing that was printed before.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task FollowLogs(string id, DateTimeOffset? since, LogSink sink, CancellationToken cancel)
    {
        var from = since is { } instant ? $"&since={EngineTime.Seconds(instant)}" : "";
        var path = $"containers/{id}/logs?follow=1&stdout=1&stderr=1&timestamps=1{from}";
        using var answer = await _transport.Get("reading the container's output", path, cancel).ConfigureAwait(false);
        await _transport
            .Read(async () =>
            {
                var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
                await new LogDemultiplexer(sink).ReadAll(stream, cancel).ConfigureAwait(false);
            })
            .ConfigureAwait(false);
    }

    /// <summary>Waits until it does not run any more.</summary>
    public Task Wait(string id, CancellationToken cancel) =>
        _transport.Call(
            "waiting for the container",
            (docker, limited) => docker.Containers.WaitContainerAsync(id, limited),
            cancel,
            NoLimit
        );

    /// <summary>Sends a signal to its first process; nothing happens if it does not run.</summary>
    public Task Kill(string id, string signal, CancellationToken cancel)
    {
        var how = new ContainerKillParameters { Signal = signal };
        var call = _transport.Call(
            "ending the container",
            (docker, limited) => docker.Containers.KillContainerAsync(id, how, limited),
            cancel
        );
        return Unless(error => error.IsConflict || error.IsNotFound || error.IsNotRunning, call);
    }

    /// <summary>How it is; null if it is not there.</summary>
    public async Task<ContainerInspectResponse?> Inspect(string id, CancellationToken cancel)
    {
        try
        {
            var call = _transport.Call(
                "looking at the container",
                (docker, limited) => docker.Containers.InspectContainerAsync(id, limited),
                cancel
            );
            return await call.ConfigureAwait(false);
        }
        catch (EngineException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes it whatever it does, with the volumes that are its own.</summary>
    public Task Remove(string id, CancellationToken cancel)
    {
        var how = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
        var call = _transport.Call(
            "removing the container",
            (docker, limited) => docker.Containers.RemoveContainerAsync(id, how, limited),
            cancel
        );
        return Unless(error => error.IsConflict || error.IsNotFound, call);
    }

    /// <summary>All containers, running or not, that carry these labels.</summary>
    public Task<IList<ContainerListResponse>> List(IReadOnlyDictionary<string, string> labels, CancellationToken cancel)
    {
        var wanted = labels.ToDictionary(label => $"{label.Key}={label.Value}", _ => true);
        var filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = wanted };
        var filter = new ContainersListParameters { All = true, Filters = filters };
        return _transport.Call("listing containers", (docker, limited) => docker.Containers.ListContainersAsync(filter, limited), cancel);
    }

    /// <summary>Unpacks a tar archive in a folder of the container, also of one that does not run.</summary>
    public async Task PutArchive(string id, string folder, byte[] tar, CancellationToken cancel)
    {
        using var body = new MemoryStream(tar, writable: false);
        var where = new CopyToContainerParameters { Path = folder };
        var what = $"copying files to {folder} in the container";
        var call = _transport.Call(
            what,
            (docker, limited) => docker.Containers.ExtractArchiveToContainerAsync(id, where, body, limited),
            cancel
        );
        await call.ConfigureAwait(false);
    }

    /// <summary>A file or folder of the container as a tar archive, read by the caller; false if it is not there.</summary>
    public async Task<bool> GetArchive(string id, string path, Func<Stream, Task> read, CancellationToken cancel)
    {
        var where = new ContainerPathStatParameters { Path = path };
        var what = $"copying {path} from the container";
        try
        {
            var call = _transport.Call(
                what,
                (docker, limited) => docker.Containers.GetArchiveFromContainerAsync(id, where, statOnly: false, limited),
                cancel
            );
            using var stream = (await call.ConfigureAwait(false)).Stream!;
            await _transport.Read(() => read(stream)).ConfigureAwait(false);
            return true;
        }
        catch (EngineException error) when (error.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Gets an image from its registry, with the login that Docker's config.json has for it.</summary>
    /// <param name="image">As people name it.</param>
    /// <param name="tell">Takes a line now and then.</param>
    /// <param name="cancel">Gives up; the engine does, too.</param>
    public async Task Pull(string image, Action<string> tell, CancellationToken cancel)
    {
        var name = ImageName.Parse(image);
        var login = await credentials.Find(name.Registry, cancel).ConfigureAwait(false);
        var what = $"pulling the image {image}";
        var report = new PullReport(what, time, tell);
        var source = new ImagesCreateParameters { FromImage = name.Name, Tag = name.Version };
        var call = _transport.Call(
            what,
            (docker, limited) => docker.Images.CreateImageAsync(source, login, report, limited),
            cancel,
            NoLimit
        );
        await call.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private static async Task Unless(Func<EngineException, bool> isDone, Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (EngineException error) when (isDone(error))
        {
            // What was to be reached is so already.
        }
    }
}
