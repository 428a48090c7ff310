using System.Runtime.InteropServices;

namespace Aios.Platform;

/// <summary>The memory of a process that works for a moment and then sleeps for long.</summary>
public static partial class Memory
{
    /// <summary>
    /// Gives what is no longer used back to the system. Reading a job list takes many times what is kept of it, and the
    /// runtime alone would hold on to that until it needs memory again, which may be never. So it is with SQLite and large rows.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl gives back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint padding);
}
