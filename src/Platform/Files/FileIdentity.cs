using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aios.Platform;

/// <summary>Which file a path leads to, so that a file put in the place of another is noticed.</summary>
internal static partial class FileIdentity
{
    private const uint AllFacts = 0x1 | 0x2 | 0x4 | 0x8 | 0x100;
    private const int NotThroughLinks = 0x100;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>A value that two paths share only if they lead to the same file; null if there is none.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsLinux())
            return OnLinux(path);
        return File.Exists(path) ? File.GetCreationTimeUtc(path).Ticks.ToString() : null;
    }

    /// <summary>
    /// Whether a path leads to something that is neither a file nor a folder (a named pipe, a device): opening it can
    /// block for ever.
    /// </summary>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        Span<byte> answer = stackalloc byte[256];
        return TryAsk(path, 0x1, answer) && TypeOf(answer) is not (Regular or Folder);
    }

    /// <summary>The numbers of the user and the group that a file or folder belongs to; null if that cannot be told.</summary>
    public static (uint User, uint Group)? OwnerOf(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        if (!OperatingSystem.IsLinux() || !TryAsk(path, 0x18, answer))
            return null;
        return (BinaryPrimitives.ReadUInt32LittleEndian(answer[20..]), BinaryPrimitives.ReadUInt32LittleEndian(answer[24..]));
    }

    /// <summary>The size of what a path leads to, and when it was changed, in nanoseconds; null if there is none.</summary>
    public static (long Size, long Changed)? VersionOf(string path)
    {
        const uint changedAndSize = 0x240;
        Span<byte> answer = stackalloc byte[256];
        if (!TryAsk(path, changedAndSize, answer))
            return null;
        var seconds = BinaryPrimitives.ReadInt64LittleEndian(answer[112..]);
        return (
            BinaryPrimitives.ReadInt64LittleEndian(answer[40..]),
            (seconds * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(answer[120..])
        );
    }

    /// <summary>What is at a path itself, be it a link; null if nothing is, or the system does not say.</summary>
    internal static FileFacts? Look(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        return OperatingSystem.IsLinux() && TryAsk(path, AllFacts, answer, NotThroughLinks) ? FactsOf(answer) : null;
    }

    /// <summary>What an open file is.</summary>
    internal static FileFacts? Look(SafeFileHandle file)
    {
        Span<byte> answer = stackalloc byte[256];
        return OperatingSystem.IsLinux() && TryAsk(file, AllFacts, answer) ? FactsOf(answer) : null;
    }

    private static int TypeOf(ReadOnlySpan<byte> answer)
    {
        const int fileType = 0xF000;
        return BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) & fileType;
    }

    private static FileFacts FactsOf(ReadOnlySpan<byte> answer)
    {
        const int permissions = 0xFFF;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]);
        var names = BinaryPrimitives.ReadUInt32LittleEndian(answer[16..]);
        return new FileFacts(
            TypeOf(answer),
            (UnixFileMode)(mode & permissions),
            BinaryPrimitives.ReadUInt32LittleEndian(answer[20..]),
            names,
            IdentityOf(answer)
        );
    }

    // statx(2): its structure is the same on every architecture. The owner is at 20 and 24, the number of names at 16, the type
    // is in the mode at 28, the inode is at 32, the size at 40, the time of the last change at 112 and 120, the device's numbers
    // are at 136 and 140.
    private static string? OnLinux(string path)
    {
        Span<byte> answer = stackalloc byte[256];
        return TryAsk(path, 0x101, answer) && TypeOf(answer) != Folder ? IdentityOf(answer) : null;
    }

    private static string IdentityOf(ReadOnlySpan<byte> answer)
    {
        var inode = BinaryPrimitives.ReadUInt64LittleEndian(answer[32..]);
        var device = BinaryPrimitives.ReadUInt64LittleEndian(answer[136..]);
        return $"{device:x}:{inode:x}";
    }

    private static unsafe bool TryAsk(string path, uint mask, Span<byte> answer, int flags = 0)
    {
        fixed (byte* start = answer)
            return Statx(-100, path, flags, mask, start) == 0;
    }

    private static unsafe bool TryAsk(SafeFileHandle file, uint mask, Span<byte> answer)
    {
        const int ofTheDescriptor = 0x1000;
        fixed (byte* start = answer)
            return Statx((int)file.DangerousGetHandle(), "", ofTheDescriptor, mask, start) == 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* answer);
}
