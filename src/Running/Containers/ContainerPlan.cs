using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Jobs.Places;
using Docker.DotNet.Models;

namespace Aios.Running.Containers;

/// <summary>What is to be done for one run's container.</summary>
/// <param name="name">Of the container.</param>
/// <param name="job">The run's.</param>
/// <param name="files">On this side.</param>
/// <param name="prepare">Puts the request together that makes it; null for one that is there, and is taken up.</param>
internal sealed class ContainerPlan(
    string name,
    Job job,
    ContainerFiles files,
    Func<CancellationToken, Task<(CreateContainerParameters Request, bool MustCopy)>>? prepare
)
{
    private CreateContainerParameters? _request;

    public string Name => name;

    public ContainerFiles Files => files;

    /// <summary>It was made by a daemon before: it is taken up, not made.</summary>
    public bool IsThere => prepare is null;

    /// <summary>How far its output is known.</summary>
    public LogPosition? Known { get; init; }

    /// <summary>The engine cannot see the run's files, so they are copied into it.</summary>
    public bool MustCopy { get; private set; }

    /// <summary>The folder of programs, if the run needs it.</summary>
    public string? Programs { get; init; }

    public bool PullsAlways => ContainerPlace.Of(job).Pull == PullPolicy.Always;

    public bool PullsNever => ContainerPlace.Of(job).Pull == PullPolicy.Never;

    /// <summary>For a run that the kernel ended since it had no more memory.</summary>
    public string OutOfMemory =>
        job.Limits.Memory is { } memory ? $"limit memory: more than {ByteSize.Text(memory)} used" : "limit memory: the machine had no more";

    /// <summary>What makes it; put together at the first call.</summary>
    public async Task<CreateContainerParameters> Request(CancellationToken cancel)
    {
        if (_request is null)
            (_request, MustCopy) = await prepare!(cancel).ConfigureAwait(false);
        return _request;
    }

    public byte[] Pack() => FileTransfer.Pack(files, Programs);
}
