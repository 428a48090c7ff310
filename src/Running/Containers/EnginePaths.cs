using System.Text.RegularExpressions;
using Aios.Running.Containers.Engine;
using Docker.DotNet.Models;

namespace Aios.Running.Containers;

/// <summary>
/// Where the engine finds a path of this process. The same where both run on one machine; where AIOS runs in a container of
/// that engine, what is mounted into AIOS's own container, from there; elsewhere nowhere.
/// </summary>
internal sealed partial class EnginePaths
{
    private readonly IReadOnlyList<MountPoint>? _own;
    private readonly bool _isShared;

    private EnginePaths(bool isShared, IReadOnlyList<MountPoint>? own) => (_isShared, _own) = (isShared, own);

    /// <summary>Asks the engine about AIOS's own container, if AIOS is in one.</summary>
    public static async Task<EnginePaths> Find(EngineClient engine, CancellationToken cancel)
    {
        if (!engine.Address.IsLocal)
            return new EnginePaths(isShared: false, own: null);
        if (!IsInContainer())
            return new EnginePaths(isShared: true, own: null);
        foreach (var id in OwnIds(ReadMounts(), Environment.MachineName))
        {
            if (await engine.Inspect(id, cancel).ConfigureAwait(false) is { } self)
                return Of(self);
        }

        // It knows no such container: it may run in the same one as AIOS, or on another machine behind the socket.
        return new EnginePaths(isShared: await EngineHttp.Listener(engine.Address.Socket!, cancel).ConfigureAwait(false) > 0, own: null);
    }

    /// <summary>As the mounts of AIOS's own container say.</summary>
    public static EnginePaths Of(ContainerInspectResponse self) =>
        new(isShared: false, [.. (self.Mounts ?? []).OrderByDescending(mount => mount.Destination?.Length)]);

    /// <summary>The path by which the engine knows it, or null if it cannot see it.</summary>
    public string? Of(string path)
    {
        if (_isShared)
            return path;
        foreach (var mount in _own ?? [])
        {
            if (mount is not { Destination: { Length: > 0 } destination, Source: { Length: > 0 } source })
                continue;
            if (path == destination)
                return source;
            var inside = destination == "/" ? "/" : destination + "/";
            if (path.StartsWith(inside, StringComparison.Ordinal))
                return $"{source.TrimEnd('/')}/{path[inside.Length..]}";
        }

        return null;
    }

    /// <summary>Ids by which AIOS's own container may be known, the surest first.</summary>
    public static IEnumerable<string> OwnIds(string mounts, string host)
    {
        // The engine mounts files of its own there: /etc/hostname, /etc/hosts, /etc/resolv.conf.
        foreach (Match match in IdInMount().Matches(mounts))
            yield return match.Groups["id"].Value;
        if (IdAsHost().IsMatch(host))
            yield return host;
    }

    private static bool IsInContainer() => File.Exists("/.dockerenv") || File.Exists("/run/.containerenv");

    private static string ReadMounts()
    {
        try
        {
            return File.ReadAllText("/proc/self/mountinfo");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [GeneratedRegex("/(?:overlay-)?containers/(?<id>[0-9a-f]{64})/(?:hostname|hosts|resolv.conf|userdata)")]
    private static partial Regex IdInMount();

    [GeneratedRegex("^[0-9a-f]{12,64}$")]
    private static partial Regex IdAsHost();
}
