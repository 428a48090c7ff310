namespace Aios.Running.Containers.Engine.Messages;

/// <summary>Devices such as graphics processors.</summary>
internal sealed record DeviceRequest
{
    /// <summary>How many; -1 is all. Null where ids are given.</summary>
    public int? Count { get; init; }

    public IReadOnlyList<string>? DeviceIDs { get; init; }

    public IReadOnlyList<IReadOnlyList<string>> Capabilities { get; init; } = [["gpu"]];
}
