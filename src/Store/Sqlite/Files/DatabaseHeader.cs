using System.Buffers.Binary;
using Aios.Platform.Linux;

namespace Aios.Store.Sqlite.Files;

/// <summary>
/// The header of a database (<see href="https://sqlite.org/fileformat2.html#the_database_header"/>), read beside SQLite. That
/// needs no lock and no thread of anybody's, so it can be looked at often.
/// </summary>
internal sealed class DatabaseHeader
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
    public DatabaseHeader(string path) => _file = OperatingSystem.IsLinux() ? PlainDescriptor.Open(path) : -1;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Reads it.</summary>
    public Seen Read()
    {
        Span<byte> header = stackalloc byte[Length];
        if (_file < 0)
            return default;
        if (PlainDescriptor.ReadAt(_file, header, 0) < Length)
            return new(SeemsDamaged: true, Schema: null, Commits: null);
        var isByLog = header[WriteVersionAt] == ByLog;
        return new(
            !header.StartsWith(Magic) || (!isByLog && IsCutOff(header)),
            BinaryPrimitives.ReadUInt32BigEndian(header[SchemaAt..]),
            isByLog ? null : BinaryPrimitives.ReadUInt32BigEndian(header[CounterAt..])
        );
    }

    private bool IsCutOff(ReadOnlySpan<byte> header)
    {
        // 1 is 65,536, which does not fit.
        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]) is var size and not 1 ? size : 65_536L;
        var last = (pageSize * BinaryPrimitives.ReadUInt32BigEndian(header[PagesAt..])) - 1;
        Span<byte> one = stackalloc byte[1];
        return PlainDescriptor.ReadAt(_file, one, last) < 1;
    }

    /// <summary>What it says.</summary>
    /// <param name="SeemsDamaged">
    /// Whether something seems to have written over the file or cut it off. It may only be in the middle of a commit, so who is
    /// told so asks SQLite.
    /// </param>
    /// <param name="Schema">
    /// A number that changes when somebody makes or drops a table or an index; with a write-ahead log only once it is emptied.
    /// </param>
    /// <param name="Commits">
    /// The number that each commit with a rollback journal raises, whoever commits; null where it says nothing, as beside a
    /// write-ahead log.
    /// </param>
    public readonly record struct Seen(bool SeemsDamaged, uint? Schema, uint? Commits);
}
