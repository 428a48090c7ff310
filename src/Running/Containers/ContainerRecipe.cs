using Aios.Jobs;
using Aios.Jobs.Places;
using Docker.DotNet.Models;

namespace Aios.Running.Containers;

/// <summary>What a run's container is made of: as closed and small as its job lets it be.</summary>
internal sealed class ContainerRecipe(ContainerOwner owner, string home, string programs)
{
    // Enough for any sensible program, and few enough that a fork bomb is felt by nobody else.
    private const int UsualProcesses = 512;
    private const decimal Nano = 1_000_000_000m;
    private const string TmpOptions = "rw,noexec,nosuid,nodev,mode=1777";

    // The engine keeps what is printed until the container is removed; a program that prints without end shall not fill its disk.
    private static readonly LogConfig Log = new()
    {
        Type = "json-file",
        Config = new Dictionary<string, string> { ["max-size"] = "64m", ["max-file"] = "2" },
    };

    /// <summary>The request that makes it.</summary>
    /// <param name="request">The run.</param>
    /// <param name="environment">All that the program is told by it.</param>
    /// <param name="files">Its files on this side.</param>
    /// <param name="paths">What the engine sees of this side.</param>
    /// <param name="mustCopy">The run's files and the programs cannot be mounted.</param>
    /// <exception cref="RunStartException">A folder to mount cannot be seen by the engine.</exception>
    public CreateContainerParameters Make(
        RunRequest request,
        IEnumerable<KeyValuePair<string, string>> environment,
        ContainerFiles files,
        EnginePaths paths,
        out bool mustCopy
    )
    {
        var (job, place) = (request.Job, ContainerPlace.Of(request.Job));
        var own = OwnMounts(job, files, paths);
        mustCopy = own is null;
        return new CreateContainerParameters
        {
            Name = owner.NameOf(request.RunId),
            Image = place.Image,
            Entrypoint = [.. job.Work.LaunchOn(new ContainerHost(job.Name, request.ArgsJson, programs))],
            Env = [.. environment.Select(pair => $"{pair.Key}={pair.Value}")],
            WorkingDir = job.Workdir ?? "",
            User = place.User ?? "",
            Labels = new Dictionary<string, string>(owner.Labels(request)),
            Volumes = mustCopy ? new Dictionary<string, EmptyStruct> { [ContainerLayout.Root] = default } : [],
            HostConfig = Host(job.Limits, place, [.. own ?? [], .. place.Volumes.Select(volume => MountOf(volume, paths))]),
        };
    }

    /// <summary>The limits that no engine keeps, each with the reason.</summary>
    public static IEnumerable<string> Unkept(JobLimits limits)
    {
        if (limits.Nice is not null)
            yield return "nice (not in a container; give it a share of the processors with cpu)";
    }

    private List<Mount>? OwnMounts(Job job, ContainerFiles files, EnginePaths paths)
    {
        if (paths.Of(files.Folder) is not { } run)
            return null;
        var mounts = new List<Mount> { Bind(run, ContainerLayout.Run, isReadOnly: false) };
        if (job.Work.ProgramFile is null)
            return mounts;
        if (paths.Of(programs) is not { } seen)
            return null;
        mounts.Add(Bind(seen, ContainerLayout.Programs, isReadOnly: true));
        return mounts;
    }

    private static HostConfig Host(JobLimits limits, ContainerPlace place, IList<Mount> mounts)
    {
        var privileges = place.Privileges;
        return new HostConfig
        {
            NetworkMode = place.Network ?? "default",
            Init = privileges.Init ? true : null,
            ReadonlyRootfs = privileges.ReadOnly,
            Tmpfs = privileges.ReadOnly ? new Dictionary<string, string> { ["/tmp"] = TmpOptions } : null,
            CapDrop = ["ALL"],
            CapAdd = [.. privileges.Capabilities],
            SecurityOpt = privileges.NewPrivileges ? [] : ["no-new-privileges"],
            PidsLimit = limits.Processes ?? UsualProcesses,
            Mounts = mounts,
            Memory = limits.Memory ?? 0,
            MemorySwap = limits.Memory ?? 0,
            NanoCPUs = (long)((limits.Cpu ?? 0) * Nano),
            Ulimits = [.. Ulimits(limits)],
            LogConfig = Log,
            DeviceRequests = place.Gpus is { } gpus ? [Gpus(gpus)] : [],
        };
    }

    private static IEnumerable<Ulimit> Ulimits(JobLimits limits)
    {
        if (limits.OpenFiles is { } files)
            yield return new()
            {
                Name = "nofile",
                Soft = files,
                Hard = files,
            };
        if (limits.CpuTime is not { } time)
            yield break;
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        yield return new()
        {
            Name = "cpu",
            Soft = seconds,
            Hard = seconds + 1,
        };
    }

    private static DeviceRequest Gpus(string gpus)
    {
        const int all = -1;
        IList<IList<string>> kind =
        [
            ["gpu"],
        ];
        if (gpus == "all")
            return new DeviceRequest { Count = all, Capabilities = kind };
        return int.TryParse(gpus, out var count)
            ? new DeviceRequest { Count = count, Capabilities = kind }
            : new DeviceRequest { DeviceIDs = gpus.Split(',', StringSplitOptions.TrimEntries), Capabilities = kind };
    }

    private Mount MountOf(JobVolume volume, EnginePaths paths)
    {
        if (!volume.IsPath)
            return new Mount
            {
                Type = "volume",
                Source = volume.Source,
                Target = volume.Target,
                ReadOnly = volume.ReadOnly,
            };
        var path = Path.GetFullPath(Path.Combine(home, volume.Source));
        // What lies outside of the home is a path of the engine's machine, as with `docker run`.
        var isHome = path == home || path.StartsWith(home.TrimEnd('/') + "/", StringComparison.Ordinal);
        var source = paths.Of(path) ?? (isHome ? throw Unseen(volume, path) : path);
        // Not every engine says so: Podman makes a folder.
        if (isHome && !Path.Exists(path))
            throw new RunStartException($"the volume \"{volume}\" cannot be mounted: there is no {path}; make it, or correct `volumes`");
        return Bind(source, volume.Target, volume.ReadOnly);
    }

    private static Mount Bind(string source, string target, bool isReadOnly) =>
        new()
        {
            Type = "bind",
            Source = source,
            Target = target,
            ReadOnly = isReadOnly,
        };

    private static RunStartException Unseen(JobVolume volume, string path) =>
        new(
            $"the volume \"{volume}\" cannot be mounted: the container engine cannot see {path}. It runs on another machine, or AIOS runs "
                + $"in a container and {path} is in no folder that was mounted into it"
        );
}
