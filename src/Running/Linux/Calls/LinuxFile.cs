namespace Aios.Running.Linux;

/// <summary>Files by system calls that neither follow a link nor wait.</summary>
internal static unsafe class LinuxFile
{
    private const int OwnerOnly = 0x180;

    /// <exception cref="FileNotFoundException">A folder above it does not exist.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var fd = LibC.open(
            path,
            LibC.O_WRONLY | LibC.O_CREAT | LibC.O_TRUNC | LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOFOLLOW,
            OwnerOnly
        );
        if (fd < 0)
        {
            var error = Errno.Last;
            throw error == Errno.ENOENT
                ? new FileNotFoundException(path)
                : new IOException($"{path} cannot be written: {Errno.Text(error)}");
        }

        var failure = WriteAll(fd, content);
        _ = LibC.close(fd);
        if (failure != 0)
        {
            throw new IOException($"{path} cannot be written: {Errno.Text(failure)}");
        }
    }

    /// <summary>Whether a folder's disk has room for one more small file; false if that cannot be told.</summary>
    public static bool HasRoom(string folder)
    {
        // struct statvfs of glibc and musl on 64 bits: block size, fragment size, then counts of blocks and of files.
        var buffer = stackalloc ulong[32];
        const int blocksAvailable = 4,
            files = 5,
            filesAvailable = 7;
        return LibC.statvfs(folder, buffer) == 0 && buffer[blocksAvailable] > 0 && (buffer[files] == 0 || buffer[filesAvailable] > 0);
    }

    /// <summary>Removes a file that may be there; false if something is there that this cannot remove.</summary>
    public static bool TryDelete(string path) => LibC.unlink(path) == 0 || Errno.Last == Errno.ENOENT;

    /// <summary>The content, or null without such a file; <paramref name="problem"/> says why there is none to be had.</summary>
    public static byte[]? Read(string path, int limit, out string? problem)
    {
        problem = null;
        var fd = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOFOLLOW, 0);
        if (fd < 0)
        {
            var error = Errno.Last;
            problem = error switch
            {
                Errno.ENOENT => null,
                Errno.ELOOP => "it is a symbolic link",
                _ => Errno.Text(error),
            };
            return null;
        }

        var content = ReadOpen(fd, limit, out problem);
        _ = LibC.close(fd);
        return content;
    }

    /// <summary>The content of an open file, from its start.</summary>
    public static byte[]? ReadOpen(int fd, int limit, out string? problem)
    {
        // A pipe has no position; of a folder the position is no length, and reading it fails.
        var length = LibC.lseek(fd, 0, LibC.SEEK_END);
        problem = length < 0 ? "it is not a regular file" : null;
        if (length < 0)
        {
            return null;
        }

        var content = new byte[(int)Math.Min(length, limit + 1L)];
        var total = 0;
        fixed (byte* start = content)
        {
            nint count;
            while (total < content.Length && (count = LibC.pread(fd, start + total, content.Length - total, total)) != 0)
            {
                if (count < 0)
                {
                    problem = $"it cannot be read: {Errno.Text(Errno.Last)}";
                    return null;
                }

                total += (int)count;
            }
        }

        problem = total > limit ? $"{PrivateFile.TooLong} {limit} bytes" : null;
        return problem is null ? content[..total] : null;
    }

    /// <summary>Writes all; 0, or the error's number.</summary>
    public static int WriteAll(int fd, ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
        {
            nint written = 0;
            while (written < content.Length)
            {
                var count = LibC.write(fd, start + written, content.Length - written);
                if (count < 0 && Errno.Last != Errno.EINTR)
                {
                    return Errno.Last;
                }

                written += Math.Max(0, count);
            }
        }

        return 0;
    }
}
