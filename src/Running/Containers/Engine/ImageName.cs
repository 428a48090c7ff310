namespace Aios.Running.Containers.Engine;

/// <summary>An image as people name it, taken apart.</summary>
/// <param name="Name">With its registry if one is named, without tag and digest.</param>
/// <param name="Version">The tag or the digest.</param>
/// <param name="Registry">Where it comes from, as config.json knows it.</param>
internal sealed record ImageName(string Name, string Version, string Registry)
{
    /// <summary>How Docker's own files know the registry of names without one.</summary>
    public const string DockerHub = "https://index.docker.io/v1/";

    public static ImageName Parse(string text)
    {
        var digest = text.IndexOf('@');
        var name = digest > 0 ? text[..digest] : text;
        // A colon before the last slash is that of a registry's port.
        var tag = name.LastIndexOf(':');
        var hasTag = tag > name.LastIndexOf('/');
        var version =
            digest > 0 ? text[(digest + 1)..]
            : hasTag ? name[(tag + 1)..]
            : "latest";
        return new ImageName(hasTag ? name[..tag] : name, version, RegistryOf(name));
    }

    private static string RegistryOf(string name)
    {
        var first = name.Split('/')[0];
        var isRegistry = name.Contains('/') && (first.Contains('.') || first.Contains(':') || first == "localhost");
        return !isRegistry || first is "docker.io" or "index.docker.io" ? DockerHub : first;
    }
}
