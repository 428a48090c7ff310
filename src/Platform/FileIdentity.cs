using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>Which file a path leads to, so that a file put in the place of another is noticed.</summary>
public static partial class FileIdentity
{
    /// <summary>A value that two paths share only if they lead to the same file; null if there is none.</summary>
    public static string? Of(string path)
    {
        if (!File.Exists(path)) return null;
        return OperatingSystem.IsLinux() ? OnLinux(path) : File.GetCreationTimeUtc(path).Ticks.ToString();
    }

    // statx(2): its structure is the same on every architecture. The inode is at 32, the device's numbers are at 136 and 140.
    private static unsafe string? OnLinux(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        fixed (byte* start = answer)
        {
            if (Statx(-100, path, 0, 0x100, start) != 0) return null;
        }

        var inode = BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]);
        var device = BinaryPrimitives.ReadUInt64LittleEndian(answer[136..]);
        return $"{device:x}:{inode:x}";
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* answer);
}
