using System.Net.Http.Headers;
using System.Text.Json;
using Aios.Running.Containers.Engine.Messages;

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
    public async Task<string> Create(string name, CreateRequest request, CancellationToken cancel)
    {
        var body = EngineTransport.Json(request, EngineJson.Default.CreateRequest);
        var answer = await _transport.Call(HttpMethod.Post, $"containers/create?name={Escaped(name)}", "making the container", EngineJson.Default.CreateAnswer, body, cancel: cancel).ConfigureAwait(false);
        return answer.Id;
    }

    public async Task Start(string id, CancellationToken cancel)
    {
        using var answer = await _transport.Send(HttpMethod.Post, $"containers/{id}/start", "starting the container", cancel: cancel).ConfigureAwait(false);
    }

    /// <summary>Tells all that it prints, until it ends.</summary>
    /// <param name="id">The container.</param>
    /// <param name="since">Nothing that was printed before.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task FollowLogs(string id, DateTimeOffset? since, LogSink sink, CancellationToken cancel)
    {
        var from = since is { } instant ? $"&since={EngineTime.Seconds(instant)}" : "";
        using var answer = await _transport.Send(HttpMethod.Get, $"containers/{id}/logs?follow=1&stdout=1&stderr=1&timestamps=1{from}", "reading the container's output", limit: NoLimit, cancel: cancel).ConfigureAwait(false);
        await Streamed(async () =>
        {
            var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            await new LogDemultiplexer(sink).ReadAll(stream, cancel).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Waits until it does not run any more.</summary>
    public async Task Wait(string id, CancellationToken cancel) =>
        _ = await _transport.Call(HttpMethod.Post, $"containers/{id}/wait", "waiting for the container", EngineJson.Default.WaitAnswer, limit: NoLimit, cancel: cancel).ConfigureAwait(false);

    /// <summary>Sends a signal to its first process; nothing happens if it does not run.</summary>
    public Task Kill(string id, string signal, CancellationToken cancel) =>
        Unless(error => error.IsConflict || error.IsNotFound || error.IsNotRunning, () => Post($"containers/{id}/kill?signal={signal}", "ending the container", cancel));

    /// <summary>Ends it: its stop signal, and KILL after the grace.</summary>
    public Task Stop(string id, TimeSpan grace, CancellationToken cancel) =>
        Unless(error => error.IsNotFound, () => Post($"containers/{id}/stop?t={(int)Math.Ceiling(grace.TotalSeconds)}", "stopping the container", cancel, grace + TimeSpan.FromMinutes(1)));

    /// <summary>How it is; null if it is not there.</summary>
    public async Task<InspectAnswer?> Inspect(string id, CancellationToken cancel)
    {
        try
        {
            return await _transport.Call(HttpMethod.Get, $"containers/{Escaped(id)}/json", "looking at the container", EngineJson.Default.InspectAnswer, cancel: cancel).ConfigureAwait(false);
        }
        catch (EngineException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes it whatever it does, with the volumes that are its own.</summary>
    public Task Remove(string id, CancellationToken cancel) => Unless(error => error.IsConflict || error.IsNotFound, async () =>
    {
        using var answer = await _transport.Send(HttpMethod.Delete, $"containers/{id}?force=1&v=1", "removing the container", cancel: cancel).ConfigureAwait(false);
    });

    /// <summary>All containers, running or not, that carry these labels.</summary>
    public async Task<IReadOnlyList<ListedContainer>> List(IReadOnlyDictionary<string, string> labels, CancellationToken cancel)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>> { ["label"] = [.. labels.Select(label => $"{label.Key}={label.Value}")] };
        var query = Escaped(JsonSerializer.Serialize(filters, EngineJson.Default.DictionaryStringIReadOnlyListString));
        return await _transport.Call(HttpMethod.Get, $"containers/json?all=1&filters={query}", "listing containers", EngineJson.Default.ListListedContainer, cancel: cancel).ConfigureAwait(false);
    }

    /// <summary>Unpacks a tar archive in a folder of the container, also of one that does not run.</summary>
    public async Task PutArchive(string id, string folder, byte[] tar, CancellationToken cancel)
    {
        using var body = new ByteArrayContent(tar);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        using var answer = await _transport.Send(HttpMethod.Put, $"containers/{id}/archive?path={Escaped(folder)}", $"copying files to {folder} in the container", body, cancel: cancel).ConfigureAwait(false);
    }

    /// <summary>A file or folder of the container as a tar archive, read by the caller; false if it is not there.</summary>
    public async Task<bool> GetArchive(string id, string path, Func<Stream, Task> read, CancellationToken cancel)
    {
        try
        {
            using var answer = await _transport.Send(HttpMethod.Get, $"containers/{id}/archive?path={Escaped(path)}", $"copying {path} from the container", cancel: cancel).ConfigureAwait(false);
            await Streamed(async () => await read(await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
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
        var header = login is null ? null : Base64Url(JsonSerializer.SerializeToUtf8Bytes(login, EngineJson.Default.RegistryLogin));
        var what = $"pulling the image {image}";
        using var answer = await _transport.Send(HttpMethod.Post, $"images/create?fromImage={Escaped(name.Name)}&tag={Escaped(name.Version)}", what, limit: NoLimit, login: header, cancel: cancel).ConfigureAwait(false);
        var report = new PullReport(time, tell);
        await Streamed(async () =>
        {
            var stream = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            await foreach (var step in JsonSerializer.DeserializeAsyncEnumerable(stream, EngineJson.Default.PullStep, topLevelValues: true, cancel).ConfigureAwait(false))
            {
                if (step?.Error is { } error) throw new EngineException($"{what} failed; the container engine says: {LineText.Flatten(error)}");
                if (step is not null) report.Take(step);
            }
        }).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose() => _transport.Dispose();

    private async Task Post(string path, string what, CancellationToken cancel, TimeSpan? limit = null)
    {
        using var answer = await _transport.Send(HttpMethod.Post, path, what, limit: limit, cancel: cancel).ConfigureAwait(false);
    }

    private static async Task Unless(Func<EngineException, bool> isDone, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (EngineException error) when (isDone(error))
        {
            // What was to be reached is so already.
        }
    }

    private async Task Streamed(Func<Task> read)
    {
        try
        {
            await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            throw _transport.Broken(error);
        }
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
}
