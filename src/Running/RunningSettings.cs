using Aios.Running.Containers;

namespace Aios.Running;

/// <summary>Where programs are and what they are told of their surroundings. All paths are absolute.</summary>
/// <param name="Home">The working directory of every program.</param>
/// <param name="ProgramsFolder">What a job's <c>file</c> is relative to, and must stay in.</param>
/// <param name="Database">Told to programs as <c>AIOS_DB</c>.</param>
/// <param name="RunFilesFolder">
/// Holds the files of runs that go on; made again when something removes it. Beside it is <c>lib</c>, with what Python
/// programs may import.
/// </param>
/// <param name="DeviceId">Told to programs as <c>DEVICE_ID</c>.</param>
/// <param name="Marker">The value of <c>AIOS_MARK</c> in each child's environment, by which orphans are known.</param>
/// <param name="Python">The interpreter of functions and <c>.py</c> files: a name on the PATH, or a path.</param>
internal sealed record RunningSettings(
    string Home,
    string ProgramsFolder,
    string Database,
    string RunFilesFolder,
    string DeviceId,
    string Marker,
    string Python = "python3"
)
{
    /// <summary>Whose the containers of its runs are.</summary>
    public ContainerOwner Owner { get; init; } = new(Marker, DeviceId, "");

    /// <summary>Where a run calls language models, and its key for that, by the run's number; null if no calls are served.</summary>
    public Func<long, (string Url, string Key)?> Models { get; init; } = static _ => null;

    /// <summary>Holds the files of runs in containers, which outlive this daemon.</summary>
    public string ContainerFilesFolder { get; } = Path.Combine(Path.GetDirectoryName(RunFilesFolder)!, "containers");
}
