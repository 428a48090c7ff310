namespace Aios.Running.Containers.Engine.Messages;

/// <summary>How a container is.</summary>
internal sealed record ContainerState
{
    /// <summary>created, running, paused, restarting, removing, exited or dead.</summary>
    public string? Status { get; init; }

    public bool Running { get; init; }

    public bool OOMKilled { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Why it could not be started, if so.</summary>
    public string? Error { get; init; }

    /// <summary>RFC 3339; the year 1 before its end.</summary>
    public string? FinishedAt { get; init; }
}
