using System.Collections.Immutable;
using Aios.Jobs.Formats;

namespace Aios.Jobs.Places;

/// <summary><c>image: ...</c></summary>
internal sealed class ContainerKind : PlaceKind
{
    private static readonly JobField Image = new JobField<string?>("image", new ImageFormat())
    {
        Description = "The image of the container that the job runs in; without it, the job runs directly on the machine.",
        Example = "python:3.13-slim",
        Get = job => job.Place is ContainerPlace container ? container.Image : null,
        Set = (job, value) => job.In<ContainerPlace>(container => container with { Image = value! }),
    };

    // After the fields that it takes in.
    public static readonly ContainerKind Instance = new();

    public override JobField Key => Image;

    public override JobPlace Blank => BlankContainer;

    public ContainerPlace BlankContainer { get; } = new();

    public override bool IsThisMachine => false;

    public override bool NeedsEngine => true;

    public override bool OutlivesDaemon => true;

    internal override ImmutableArray<JobField> Fields { get; } =
    [
        Image,
        new JobField<PullPolicy>(
            "pull",
            new ChoiceFormat<PullPolicy>(("missing", PullPolicy.Missing), ("always", PullPolicy.Always), ("never", PullPolicy.Never))
        )
        {
            Description = "When to pull the image from its registry.",
            Example = "always",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).Pull,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { Pull = value }),
        },
        new JobField<string?>("network", new NetworkFormat())
        {
            Description = "The network of the container: `bridge`, `none`, `host`, or a named network.",
            Example = "none",
            DefaultInWords = "`bridge`",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).Network,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { Network = value }),
        },
        new JobField<ImmutableArray<JobVolume>>("volumes", new VolumesFormat())
        {
            Description = "Folders of the home or the machine, and named volumes, to mount in the container.",
            Example = "[\"./data:/data:ro\"]",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).Volumes,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { Volumes = value }),
        },
        new JobField<string?>("user", new UserFormat())
        {
            Description = "The user that the program runs as in the container.",
            Example = "\"1000:1000\"",
            DefaultInWords = "the image's user",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).User,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { User = value }),
        },
        new JobField<string?>("gpus", new GpusFormat())
        {
            Description = "GPUs that the container can use: `all`, a number, or ids.",
            Example = "all",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).Gpus,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { Gpus = value }),
        },
        new JobField<JobPrivileges>("privileges", new PrivilegesFormat())
        {
            Description = "What the container may do beyond the minimum.",
            Example = "{read_only: false, capabilities: [CHOWN]}",
            Needs = Image,
            Get = job => ContainerPlace.Of(job).Privileges,
            Set = (job, value) => job.In<ContainerPlace>(container => container with { Privileges = value }),
        },
    ];

    internal override string Alien => "says something of a container, and the job has none; add an \"image\" or remove it";

    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (given.IsWrong(Image) || given.Entry("workdir") is not { } workdir || given.IsWrong(report.Fields.Find("workdir")!))
            return;

        if (!job.Place.CanStartIn(job.Workdir))
            report.ForField(workdir.Name).Unexpected(workdir.Value, "an absolute path in the container such as \"/data\"");
    }
}
