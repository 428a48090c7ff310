using System.Buffers.Binary;
using Aios.Platform.Linux;

namespace Aios.Store.Sqlite.Files;

/// <summary>
/// The number in a database's header that each commit with a rollback journal raises, whoever commits
/// (<see href="https://sqlite.org/fileformat2.html#file_change_counter"/>). Reading it needs no lock and no thread of
/// anybody's, so it can be looked at often.
/// </summary>
internal sealed class CommitCounter
{
    private const int PageSizeAt = 16,
        WriteVersionAt = 18,
        CounterAt = 24,
        PagesAt = 28,
        SchemaAt = 40,
        Length = 44;
    private const byte ByLog = 2;

    // It is never closed: that would drop all locks that SQLite holds on the file in this process.
    private readonly int _file;

    /// <param name="path">The database.</param>
    public CommitCounter(string path) => _file = OperatingSystem.IsLinux() ? PlainDescriptor.Open(path) : -1;

    /// <summary>
    /// Whether something seems to have written over the file or cut it off. It may only be in the middle of a commit, so who is
    /// told so asks SQLite.
    /// </summary>
    public bool SeesDamage
    {
        get
        {
            Span<byte> header = stackalloc byte[Length];
            if (_file < 0)
                return false;
            if (PlainDescriptor.ReadAt(_file, header, 0) < Length || !header.StartsWith(Magic))
                return true;
            if (header[WriteVersionAt] == ByLog)
                return false;
            // 1 is 65,536, which does not fit.
            var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]) is var size and not 1 ? size : 65_536L;
            return PlainDescriptor.ReadAt(_file, header[..1], (pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[PagesAt..])) - 1) < 1;
        }
    }

    /// <summary>
    /// A number that changes when somebody makes or drops a table or an index; with a write-ahead log only once it is emptied.
    /// </summary>
    public uint? Schema()
    {
        Span<byte> header = stackalloc byte[Length];
        return _file < 0 || PlainDescriptor.ReadAt(_file, header, 0) < Length
            ? null
            : BinaryPrimitives.ReadUInt32BigEndian(header[SchemaAt..]);
    }

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>The number; null where it says nothing, as beside a write-ahead log.</summary>
    public uint? Read()
    {
        Span<byte> header = stackalloc byte[Length];
        if (_file < 0 || PlainDescriptor.ReadAt(_file, header, 0) < Length || header[WriteVersionAt] == ByLog)
            return null;
        return BinaryPrimitives.ReadUInt32BigEndian(header[CounterAt..]);
    }
}
