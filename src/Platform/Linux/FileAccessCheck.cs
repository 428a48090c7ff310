using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>Asks the kernel what this user may do with a file.</summary>
internal static partial class FileAccessCheck
{
    private const int Writing = 2;

    /// <summary>Whether a file and its folder may be written; true where that cannot be asked.</summary>
    public static bool MayWrite(string path) =>
        !OperatingSystem.IsLinux() || (Access(path, Writing) == 0 && Access(Path.GetDirectoryName(Path.GetFullPath(path))!, Writing) == 0);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
