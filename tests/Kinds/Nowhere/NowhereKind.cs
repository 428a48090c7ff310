using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Jobs.Formats;
using Aios.Store.Runs;

namespace Aios.Tests.Kinds.Nowhere;

/// <summary><c>pretend: ...</c></summary>
internal sealed class NowhereKind : PlaceKind
{
    private static readonly JobField Pretend = new JobField<RunStatus>(
        "pretend",
        new ChoiceFormat<RunStatus>(("succeeded", RunStatus.Succeeded), ("failed", RunStatus.Failed))
    )
    {
        Description = "Starts nothing, and records that outcome.",
        Example = "succeeded",
        Get = job => job.Place is NowherePlace place ? place.Outcome : default,
        Set = (job, value) => job.In<NowherePlace>(place => place with { Outcome = value }),
    };

    public static readonly NowhereKind Instance = new();

    public override JobField Key => Pretend;

    public override JobPlace Blank { get; } = new NowherePlace();

    public override bool IsThisMachine => false;

    internal override ImmutableArray<JobField> Fields { get; } = [Pretend];
}
