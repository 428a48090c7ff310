using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Aios.Running.Linux;

/// <summary>
/// One thread that reads the outputs of all children, in turn and one buffer at a time, so that none is starved by
/// another that prints without end.
/// </summary>
internal sealed unsafe class PipePoller : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int EventsAtOnce = 64;
    private const int TickMilliseconds = 1000;
    private static readonly TimeSpan BetweenTicks = TimeSpan.FromMilliseconds(TickMilliseconds);

    // What is left in a pipe when its last writer is gone is at most its size; this bounds a writer that is not ours.
    private const int DrainReads = 64;

    // struct epoll_event is packed on x86-64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + 8;

    private readonly int _epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
    private readonly int _wake = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
    private readonly ConcurrentDictionary<int, PipeReader> _readers = new();
    private readonly ConcurrentQueue<LinuxChild> _finishing = new();
    private readonly HashSet<LinuxChild> _ticking = [];
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    private readonly Thread _thread;
    private readonly Lock _wakeGate = new();
    private long _lastTick;
    private bool _closed;
    private volatile bool _disposed;

    public PipePoller()
    {
        if (_epoll < 0 || _wake < 0 || !Watch(_wake))
        {
            throw new IOException($"epoll is not to be had: {Errno.Text(Errno.Last)}");
        }

        _thread = new Thread(Loop) { IsBackground = true, Name = "aios outputs" };
        _thread.Start();
    }

    /// <summary>Reads from now on.</summary>
    /// <exception cref="RunStartException">The system allows no more.</exception>
    public void Add(PipeReader reader)
    {
        if (_disposed)
        {
            throw new RunStartException("the daemon is ending and starts nothing more");
        }

        _readers[reader.Fd] = reader;
        reader.WatchedBy(this);
        if (!Watch(reader.Fd))
        {
            _readers.TryRemove(reader.Fd, out _);
            throw new RunStartException($"its output cannot be watched: {Errno.Text(Errno.Last)}; raise fs.epoll.max_user_watches");
        }
    }

    /// <summary>Hears no more of it.</summary>
    public void Unwatch(int fd) => _ = LibC.epoll_ctl(_epoll, LibC.EPOLL_CTL_DEL, fd, null);

    /// <summary>Forgets a pipe that nothing was ever written to and whose writer still exists.</summary>
    public void Remove(PipeReader reader)
    {
        _readers.TryRemove(reader.Fd, out _);
        reader.Close();
    }

    /// <summary>Reads what is left of a child whose processes are gone, closes, and tells of its end.</summary>
    public void Finish(LinuxChild child)
    {
        _finishing.Enqueue(child);
        Wake();
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Wake();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private bool Watch(int fd)
    {
        var epollEvent = stackalloc byte[16];
        *(uint*)epollEvent = LibC.EPOLLIN;
        BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(epollEvent + DataOffset, 8), fd);
        return LibC.epoll_ctl(_epoll, LibC.EPOLL_CTL_ADD, fd, epollEvent) == 0;
    }

    // A child may end after its host; by then the number of the descriptor can be another's.
    private void Wake()
    {
        var one = 1UL;
        lock (_wakeGate)
        {
            if (!_closed)
            {
                _ = LibC.write(_wake, (byte*)&one, sizeof(ulong));
            }
        }
    }

    private void Loop()
    {
        var events = stackalloc byte[EventSize * EventsAtOnce];
        while (!_disposed)
        {
            var count = LibC.epoll_wait(_epoll, events, EventsAtOnce, _ticking.Count > 0 ? TickMilliseconds : -1);
            for (var i = 0; i < count; i++)
            {
                Serve((int)BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(events + (i * EventSize) + DataOffset, 8)));
            }

            while (_finishing.TryDequeue(out var child))
            {
                FinishNow(child);
            }

            Tick();
        }

        Close();
    }

    private void Serve(int fd)
    {
        if (fd == _wake)
        {
            ulong count;
            _ = LibC.read(_wake, (byte*)&count, sizeof(ulong));
            return;
        }

        if (!_readers.TryGetValue(fd, out var reader))
        {
            return;
        }

        reader.ReadOnce(_buffer);
        Settle(reader);
    }

    private void Settle(PipeReader reader)
    {
        if (reader.IsClosed)
        {
            _readers.TryRemove(new KeyValuePair<int, PipeReader>(reader.Fd, reader));
        }

        if (reader.Child.Observer.WantsTicks)
        {
            _ticking.Add(reader.Child);
        }
    }

    private void FinishNow(LinuxChild child)
    {
        Drain(child.Out);
        Drain(child.Error);
        _ticking.Remove(child);
        child.Observer.Ended(ResourceUsage.WithoutOwn(child.Used));
    }

    private void Drain(PipeReader reader)
    {
        for (var reads = 0; reads < DrainReads && reader.ReadOnce(_buffer); reads++) { }

        // Forgotten before its number can be given to a new pipe.
        _readers.TryRemove(new KeyValuePair<int, PipeReader>(reader.Fd, reader));
        reader.Close();
    }

    private void Tick()
    {
        // The system's own clock, by which epoll_wait waits.
        if (_ticking.Count == 0 || TimeProvider.System.GetElapsedTime(_lastTick) < BetweenTicks)
        {
            return;
        }

        _lastTick = TimeProvider.System.GetTimestamp();
        foreach (var child in _ticking)
        {
            child.Observer.Tick();
        }

        _ticking.RemoveWhere(child => !child.Observer.WantsTicks);
    }

    private void Close()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Close();
        }

        lock (_wakeGate)
        {
            _closed = true;
            _ = LibC.close(_wake);
        }

        _ = LibC.close(_epoll);
    }
}
