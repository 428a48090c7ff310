namespace Aios.Running.Linux;

/// <summary>Reads files of /proc, which come and go, without an exception for those that went.</summary>
internal static unsafe class ProcFile
{
    /// <summary>How many bytes were read, -1 if the file is not there or not ours to read.</summary>
    public static int Read(string path, Span<byte> buffer)
    {
        var fd = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return -1;
        }

        var total = 0;
        fixed (byte* start = buffer)
        {
            nint count;
            while (total < buffer.Length && (count = LibC.read(fd, start + total, buffer.Length - total)) != 0)
            {
                if (count < 0 && Errno.Last == Errno.EINTR)
                {
                    continue;
                }

                if (count < 0)
                {
                    total = total == 0 ? -1 : total;
                    break;
                }

                total += (int)count;
            }
        }

        _ = LibC.close(fd);
        return total;
    }
}
