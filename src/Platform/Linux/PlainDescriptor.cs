using System.Runtime.InteropServices;

namespace Aios.Platform.Linux;

/// <summary>A file that stays open for as long as the process lives, so that no finalizer and no handle closes it.</summary>
internal static partial class PlainDescriptor
{
    private const int CloseOnExec = 0x80000;

    /// <summary>For reading; -1 if it cannot be opened.</summary>
    public static int Open(string path) => OpenFile(path, CloseOnExec);

    /// <summary>How many bytes were read from a place; -1 if none could be.</summary>
    public static unsafe int ReadAt(int descriptor, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
            return (int)Read(descriptor, start, (nuint)buffer.Length, offset);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static unsafe partial nint Read(int descriptor, byte* buffer, nuint length, long offset);
}
