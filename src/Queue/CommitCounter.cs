using System.Buffers.Binary;
using Aios.Platform.Linux;

namespace Aios.Queue;

/// <summary>
/// The number in a database's header that each commit with a rollback journal raises, whoever commits
/// (<see href="https://sqlite.org/fileformat2.html#file_change_counter"/>). Reading it needs no lock and no thread of
/// anybody's, so it can be looked at often.
/// </summary>
public sealed class CommitCounter
{
    private const int WriteVersionAt = 18, CounterAt = 24, Length = 28;
    private const byte ByLog = 2;

    // It is never closed: that would drop all locks that SQLite holds on the file in this process.
    private readonly int _file;

    /// <param name="path">The database.</param>
    public CommitCounter(string path) => _file = OperatingSystem.IsLinux() ? PlainDescriptor.Open(path) : -1;

    /// <summary>The number; null where it says nothing, as beside a write-ahead log.</summary>
    public uint? Read()
    {
        Span<byte> header = stackalloc byte[Length];
        if (_file < 0 || PlainDescriptor.ReadAt(_file, header, 0) < Length || header[WriteVersionAt] == ByLog) return null;
        return BinaryPrimitives.ReadUInt32BigEndian(header[CounterAt..]);
    }
}
