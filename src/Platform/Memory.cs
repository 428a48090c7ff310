namespace Aios.Platform;

/// <summary>The memory of a process that works for a moment and then sleeps for long.</summary>
public static class Memory
{
    /// <summary>
    /// Gives what is no longer used back to the system. Reading a job list takes many times what is kept of it, and the
    /// runtime alone would hold on to that until it needs memory again, which may be never.
    /// </summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
