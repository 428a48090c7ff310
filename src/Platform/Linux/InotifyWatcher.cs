using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Aios.Platform.Linux;

/// <summary>
/// inotify(7) on one folder, read by one thread. Leaner than <see cref="FileSystemWatcher"/>, which makes an object and
/// a string of each of the many events that each commit of our own brings.
/// </summary>
internal sealed partial class InotifyWatcher : FolderWatcher
{
    private const int CloseOnExec = 0x80000;

    // close-write, moved from, moved to, delete, delete-self, move-self
    private const uint Endings = 0x8 | 0x40 | 0x80 | 0x200 | 0x400 | 0x800;
    private const uint Writes = 0x2; // modify
    private const int HeaderLength = 16;

    private readonly int _queue;
    private readonly int _watch;
    private readonly Action<string> _changed;
    private volatile bool _stopping;

    private InotifyWatcher(int queue, int watch, Action<string> changed)
    {
        _queue = queue;
        _watch = watch;
        _changed = changed;
        new Thread(Read) { IsBackground = true, Name = "folder watcher" }.Start();
    }

    /// <summary>Null where the kernel has no watches left.</summary>
    public static InotifyWatcher? TryStart(string folder, bool eachWrite, Action<string> changed)
    {
        var queue = Init(CloseOnExec);
        if (queue < 0)
            return null;
        var watch = AddWatch(queue, folder, eachWrite ? Endings | Writes : Endings);
        if (watch >= 0)
            return new InotifyWatcher(queue, watch, changed);
        _ = Close(queue);
        return null;
    }

    // Removing the watch queues an event, which wakes the reader; it closes the descriptor, so nobody reads a closed one.
    protected override void Dispose(bool disposing)
    {
        if (_stopping)
            return;
        _stopping = true;
        _ = RemoveWatch(_queue, _watch);
    }

    private unsafe void Read()
    {
        var buffer = new byte[16 * 1024];
        while (!_stopping)
        {
            int length;
            fixed (byte* start = buffer)
                length = (int)ReadEvents(_queue, start, (nuint)buffer.Length);
            if (length <= 0 && Marshal.GetLastPInvokeError() != 4)
                break; // 4: interrupted
            Announce(buffer.AsSpan(0, Math.Max(length, 0)));
        }

        _ = Close(_queue);
    }

    private void Announce(ReadOnlySpan<byte> events)
    {
        var before = ReadOnlySpan<byte>.Empty;
        while (events.Length >= HeaderLength && !_stopping)
        {
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            var name = events.Slice(HeaderLength, nameLength).TrimEnd((byte)0);
            if (!name.SequenceEqual(before))
                _changed(Encoding.UTF8.GetString(name));
            before = name;
            events = events[(HeaderLength + nameLength)..];
        }
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int queue, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch", SetLastError = true)]
    private static partial int RemoveWatch(int queue, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint ReadEvents(int queue, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
