namespace Aios.Tests.BlackBox;

/// <summary>Tests that measure time, or load the machine: one after another, with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Undisturbed
{
    public const string Name = "undisturbed";
}
