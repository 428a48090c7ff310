using System.Collections.Immutable;

namespace Aios.Jobs.Places;

/// <summary>The kinds of places. A kind is registered by its line here.</summary>
internal static class PlaceKinds
{
    /// <summary>The first is that of jobs that name no place; then in the order in which a person reads about them.</summary>
    public static readonly ImmutableArray<PlaceKind> All = [MachineKind.Instance, ContainerKind.Instance];
}
