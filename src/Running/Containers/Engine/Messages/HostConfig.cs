namespace Aios.Running.Containers.Engine.Messages;

/// <summary>What a container is given and denied.</summary>
internal sealed record HostConfig
{
    public required string NetworkMode { get; init; }

    public bool? Init { get; init; }

    public bool ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    /// <summary>Processes and threads.</summary>
    public long? PidsLimit { get; init; }

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    public IReadOnlyList<Mount>? Mounts { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes of memory and swap together.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Billionths of a processor.</summary>
    public long? NanoCpus { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    public LogConfig? LogConfig { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }
}
