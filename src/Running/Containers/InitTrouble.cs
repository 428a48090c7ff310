using System.Text;

namespace Aios.Running.Containers;

/// <summary>
/// What the init process of a container prints when it cannot start the program: the engine does not know of it, and takes
/// it for the program's own end.
/// </summary>
internal static class InitTrouble
{
    /// <summary>The trouble in words, or null for any other line.</summary>
    public static string? Of(ReadOnlySpan<byte> line)
    {
        // Docker's is tini, Podman's catatonit.
        if (!line.StartsWith("[FATAL tini ("u8) && !line.StartsWith("ERROR (catatonit:"u8))
            return null;
        var words = line[(line.IndexOf((byte)')') + 1)..].TrimStart("]: "u8).TrimEnd("\r\n"u8);
        return words.IsEmpty ? null : Encoding.UTF8.GetString(words);
    }
}
