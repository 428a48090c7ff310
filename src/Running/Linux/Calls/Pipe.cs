namespace Aios.Running.Linux;

/// <summary>The two ends of a pipe from a child: ours does not block, the child's does.</summary>
internal readonly record struct Pipe(int ReadEnd, int WriteEnd)
{
    /// <exception cref="RunStartException">No more files can be opened.</exception>
    public static unsafe Pipe Open()
    {
        var ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) != 0)
        {
            throw new RunStartException(
                $"no pipe for its output could be made: {Errno.Text(Errno.Last)}; raise the limit of open files (ulimit -n) or run "
                    + $"less at once"
            );
        }

        _ = LibC.fcntl(ends[0], LibC.F_SETFL, LibC.O_NONBLOCK);
        return new(ends[0], ends[1]);
    }
}
