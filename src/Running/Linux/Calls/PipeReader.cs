namespace Aios.Running.Linux;

/// <summary>Our end of one output of a child. Used by the thread of <see cref="PipePoller"/> only.</summary>
internal sealed class PipeReader(LinuxChild child, OutputStream stream, int fd)
{
    private PipePoller? _poller;

    public LinuxChild Child => child;

    public int Fd => fd;

    public bool IsClosed { get; private set; }

    /// <summary>Says who watches it.</summary>
    public void WatchedBy(PipePoller poller) => _poller = poller;

    /// <summary>Reads once and tells. False: nothing to read now, or the end.</summary>
    public unsafe bool ReadOnce(Span<byte> buffer)
    {
        if (IsClosed)
        {
            return false;
        }

        nint count;
        fixed (byte* start = buffer)
        {
            count = LibC.read(fd, start, buffer.Length);
        }

        if (count > 0)
        {
            child.Observer.Output(stream, buffer[..(int)count]);
            return true;
        }

        if (count == 0 || Errno.Last is not (Errno.EAGAIN or Errno.EINTR))
        {
            Close();
        }

        return false;
    }

    public void Close()
    {
        if (!IsClosed)
        {
            IsClosed = true;

            // A process that is just being started holds a copy until its exec, and with it the watch, which would
            // report the end of this pipe over and over.
            _poller?.Unwatch(fd);
            _ = LibC.close(fd);
        }
    }
}
