namespace Aios.Jobs.Places;

/// <summary>Where a job runs that names no other place.</summary>
internal sealed class MachineKind : PlaceKind
{
    public static readonly MachineKind Instance = new();

    public override JobField? Key => null;

    public override JobPlace Blank { get; } = new MachinePlace();

    public override bool IsThisMachine => true;
}
