using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>
/// Puts files in the place of others, so that a power cut leaves the old or the new one there, never none and never half
/// of one.
/// </summary>
internal static partial class DurableFile
{
    /// <summary>Gives a complete file, already on the disk, its final name; what had the name before is gone.</summary>
    public static void Replace(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(to))!);
    }

    /// <summary>Keeps a file under a second name. It is copied only where a file cannot have two.</summary>
    public static void KeepAs(string path, string name)
    {
        if (!OperatingSystem.IsLinux() || Link(path, name) != 0)
            File.Copy(path, name);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(name))!);
    }

    /// <summary>Makes a file belong to whom another belongs, as far as this process may.</summary>
    public static void GiveOwnerOf(string model, string path)
    {
        if (OperatingSystem.IsLinux() && FileIdentity.OwnerOf(model) is var (user, group))
            _ = ChangeOwner(path, user, group);
    }

    /// <summary>Puts the names in a folder on the disk: a new one is safe from a power cut only then.</summary>
    public static void SyncFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int closeOnExec = 0x80000;
        var descriptor = Open(folder, closeOnExec);
        if (descriptor < 0)
            return;
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
