using System.Runtime.InteropServices;
using Aios.Platform.Linux;

namespace Aios.Platform;

/// <summary>The memory of a process that works for a moment and then sleeps for long.</summary>
internal static partial class Memory
{
    // M_ARENA_MAX of glibc's malloc.h.
    private const int MaxArenas = -8;

    /// <summary>
    /// Gives what is no longer used back to the system. Reading a job list takes many times what is kept of it, and the
    /// runtime alone would hold on to that until it needs memory again, which may be never. So it is with SQLite and large rows.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl gives back by itself.
        }

        OwnCode.Unmap();
    }

    /// <summary>
    /// Lets all threads share one heap of the C library. With a heap for each thread, one that grows is given page after page by
    /// a system call each, and what is free in one serves no other. To be called before there are threads.
    /// </summary>
    public static void ShareNativeHeap()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Option(MaxArenas, 1);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has one heap.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Option(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint padding);
}
