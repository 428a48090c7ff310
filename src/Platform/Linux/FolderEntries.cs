using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>The entries of a folder as the system gives them: three system calls, and nothing is taken apart.</summary>
internal static partial class FolderEntries
{
    private const int CloseOnExec = 0x80000;

    // Whatever is there in place of a folder: opening it does not wait.
    private const int WithoutWaiting = 0x800;

    // The longest entry: a name of 255 bytes and what stands before it.
    private const int LongestEntry = 280;

    private static readonly long Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 217,
        Architecture.Arm64 => 61,
        _ => -1,
    };

    /// <summary>How many bytes they are; -1 if they cannot be read, or may not have had room.</summary>
    public static unsafe int Read(string path, Span<byte> buffer)
    {
        var descriptor = Number < 0 ? -1 : Open(path, CloseOnExec | WithoutWaiting);
        if (descriptor < 0)
            return -1;
        fixed (byte* start = buffer)
        {
            var count = (int)GetEntries(Number, descriptor, start, (nuint)buffer.Length);
            _ = Close(descriptor);
            return count <= buffer.Length - LongestEntry ? count : -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    // getdents64(2): glibc and musl have it by different names.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static unsafe partial nint GetEntries(long number, int descriptor, byte* buffer, nuint length);
}
