namespace Aios.Running.Linux;

/// <summary>
/// Starts a process from a thread of another niceness, which on Linux is each thread's own and goes on to what it
/// starts. The thread ends with it, for nobody without privileges can take niceness back.
/// </summary>
internal static class NicerThread
{
    private const int StackSize = 256 * 1024;

    /// <exception cref="RunStartException">Less niceness needs a privilege, or the start itself failed.</exception>
    public static int Spawn(int nice, Func<int> spawn)
    {
        RunStartException? failure = null;
        var pid = 0;
        var thread = new Thread(
            () =>
            {
                try
                {
                    Add(nice);
                    pid = spawn();
                }
                catch (RunStartException error)
                {
                    failure = error;
                }
            },
            StackSize
        );
        thread.Start();
        thread.Join();
        return failure is null ? pid : throw failure;
    }

    private static void Add(int nice)
    {
        // -1 is a niceness, too.
        var own = LibC.getpriority(LibC.PRIO_PROCESS, 0);
        if ((own == -1 && Errno.Last != 0) || LibC.setpriority(LibC.PRIO_PROCESS, 0, own + nice) != 0)
        {
            throw new RunStartException(
                $"limit nice: {nice} cannot be added to the daemon's niceness: {Errno.Text(Errno.Last)}; below 0 it takes the privilege "
                    + $"CAP_SYS_NICE"
            );
        }
    }
}
