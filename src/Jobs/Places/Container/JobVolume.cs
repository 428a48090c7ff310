namespace Aios.Jobs.Places;

/// <summary>A folder or file that a container sees, or a named volume of the engine.</summary>
/// <param name="Source">A path, absolute or from the home; or the name of a volume.</param>
/// <param name="Target">Where the container sees it: an absolute path.</param>
/// <param name="ReadOnly">It cannot be written there.</param>
internal sealed record JobVolume(string Source, string Target, bool ReadOnly)
{
    /// <summary>Whether it is of the file system, not one of the engine's volumes.</summary>
    public bool IsPath => Source[0] is '/' or '.';

    /// <summary>As the list writes it.</summary>
    public override string ToString() => $"{Source}:{Target}{(ReadOnly ? ":ro" : "")}";
}
