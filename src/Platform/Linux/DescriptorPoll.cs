using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Aios.Platform.Linux;

/// <summary>What the system says of a descriptor: poll(2).</summary>
[SupportedOSPlatform("linux")]
internal static partial class DescriptorPoll
{
    /// <summary>There is room to write.</summary>
    public const short Writable = 0x4;

    /// <summary>Nobody holds the other end of the pipe any more.</summary>
    public const short Error = 0x8;

    /// <summary>What is so of those events that were asked for, and <see cref="Error"/> in any case; 0 if nothing was in time.</summary>
    /// <param name="descriptor">Which.</param>
    /// <param name="events">What is asked for.</param>
    /// <param name="milliseconds">How long to wait for it; below 0 for ever.</param>
    public static unsafe short Ask(int descriptor, short events, int milliseconds)
    {
        var asked = new Asked { Descriptor = descriptor, Events = events };
        return Poll(&asked, 1, milliseconds) == 1 ? asked.Answer : (short)0;
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
