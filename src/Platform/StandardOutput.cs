using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>Standard output as the system sees it.</summary>
public static partial class StandardOutput
{
    private const int Descriptor = 1;
    private const short Error = 0x8;

    /// <summary>
    /// Whether it is a pipe that nobody reads any more, as after <c>| head</c>. The runtime drops what is written to such a
    /// pipe without a word. False where that cannot be known.
    /// </summary>
    public static unsafe bool IsGone()
    {
        if (!OperatingSystem.IsLinux()) return false;
        var asked = new Asked { Descriptor = Descriptor };
        return Poll(&asked, 1, 0) == 1 && (asked.Answer & Error) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(Asked* asked, nuint count, int milliseconds);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int Descriptor;
        public short Events;
        public short Answer;
    }
}
