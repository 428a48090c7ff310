namespace Aios.Running.Linux;

/// <summary>Our end of a SOCK_SEQPACKET pair: whole messages, which may carry descriptors.</summary>
internal sealed unsafe class ControlSocket
{
    private const int HeaderSize = 16;
    private const int MaxDescriptors = 4;

    private ControlSocket(int fd) => Fd = fd;

    public int Fd { get; }

    /// <summary>Both ends, of which the other is a bare descriptor; null where the system has no such sockets.</summary>
    /// <param name="sendTime">How long a message may wait for room.</param>
    /// <param name="other">To be closed once a child has it.</param>
    public static ControlSocket? Open(TimeSpan sendTime, out int other)
    {
        var ends = stackalloc int[2];
        other = -1;
        if (sizeof(nint) != 8 || LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0)
        {
            return null;
        }

        var time = stackalloc nint[] { (nint)sendTime.TotalSeconds, sendTime.Milliseconds * 1000 };
        _ = LibC.setsockopt(ends[0], LibC.SOL_SOCKET, LibC.SO_SNDTIMEO, time, (uint)(2 * sizeof(nint)));
        other = ends[1];
        return new(ends[0]);
    }

    /// <summary>0, or the error's number; EAGAIN if there was no room for too long.</summary>
    public int Send(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors)
    {
        var control = stackalloc byte[HeaderSize + (MaxDescriptors * sizeof(int))];
        *(nint*)control = HeaderSize + (descriptors.Length * sizeof(int));
        ((int*)control)[2] = LibC.SOL_SOCKET;
        ((int*)control)[3] = LibC.SCM_RIGHTS;
        descriptors.CopyTo(new Span<int>(control + HeaderSize, MaxDescriptors));
        fixed (byte* start = message)
        {
            var vector = new LibC.IoVector { Start = start, Length = message.Length };
            var header = new LibC.MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = HeaderSize + (((descriptors.Length * sizeof(int)) + 7) & ~7),
            };
            nint sent;
            while ((sent = LibC.sendmsg(Fd, &header, LibC.MSG_NOSIGNAL)) < 0 && Errno.Last == Errno.EINTR) { }

            return sent < 0 ? Errno.Last : 0;
        }
    }

    /// <summary>The length of the next message; 0 when nobody holds the other end any more; -1 if there is none now.</summary>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var length = (int)LibC.recv(Fd, start, buffer.Length, LibC.MSG_DONTWAIT);
                if (length >= 0)
                {
                    return length;
                }

                // That requests were left unread is told once, before what was answered.
                if (Errno.Last is not (Errno.EINTR or Errno.ECONNRESET))
                {
                    return Errno.Last == Errno.EAGAIN ? -1 : 0;
                }
            }
        }
    }

    /// <summary>Waits until there is something to receive.</summary>
    public void Wait()
    {
        var descriptor = new LibC.PollDescriptor { Fd = Fd, Events = LibC.POLLIN };
        _ = LibC.poll(&descriptor, 1, Timeout.Infinite);
    }

    /// <summary>Sends nothing more: the other end reads what is there, and then the end.</summary>
    public void EndSending() => _ = LibC.shutdown(Fd, LibC.SHUT_WR);

    public void Close() => _ = LibC.close(Fd);
}
