using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>Asks the kernel what this user may do with a file.</summary>
internal static partial class FileAccessCheck
{
    private const int Writing = 2;
    private const int NotPermitted = 1,
        AccessDenied = 13,
        ReadOnlyFileSystem = 30;

    /// <summary>Whether the kernel refuses to have a file or its folder written; false where that cannot be asked.</summary>
    public static bool IsReadOnly(string path) =>
        OperatingSystem.IsLinux() && (RefusesWriting(path) || RefusesWriting(Path.GetDirectoryName(Path.GetFullPath(path))!));

    // What is not there, or cannot be looked at for another reason, is something else.
    private static bool RefusesWriting(string path) =>
        Access(path, Writing) != 0 && Marshal.GetLastPInvokeError() is (NotPermitted or AccessDenied or ReadOnlyFileSystem);

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
