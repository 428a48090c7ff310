using System.Globalization;
using System.Text;
using Aios.Platform;

namespace Aios.Store.Audit;

/// <summary>
/// <c>.aios/NAME.audit-head</c> beside the database: the end of the chain, outside of it. Whoever cuts rows off the end
/// or writes the whole chain anew would have to come by here, too. It moves on only from a row that is still in the
/// database as it was, so that what somebody has done to the table is not covered by the next change.
/// </summary>
internal sealed class AuditHeadFile
{
    private const int Size = 256;
    private const int Tries = 100;
    private readonly string _database;

    /// <summary>That of a database.</summary>
    public AuditHeadFile(string databasePath)
    {
        _database = System.IO.Path.GetFullPath(databasePath);
        Path = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(_database)!,
            ".aios",
            $"{System.IO.Path.GetFileName(_database)}.audit-head"
        );
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What stands there; null if there is no such file, or nothing of use in it.</summary>
    public AnchoredHead? Read()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var file = OwnFile.Open(Path, FileAccess.Read, FileShare.Read);
                return Parse(file);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException) when (tries < Tries)
            {
                Thread.Sleep(1);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Writes down a new end whatever stands there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Set(AuditHead head, string databaseId, DateTimeOffset at)
    {
        using var file = Open();
        Write(file, head, databaseId, at);
    }

    /// <summary>Moves on; the answer says what is in the way, or is null.</summary>
    /// <param name="from">The end before the transaction.</param>
    /// <param name="to">The end after it.</param>
    /// <param name="databaseId">Of the database.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="hashOf">The hash of any row that is there now.</param>
    internal string? Move(AuditHead from, AuditHead to, string databaseId, DateTimeOffset at, Func<long, string?> hashOf)
    {
        try
        {
            using var file = Open();
            var found = Parse(file);
            if (found is not null && WhyNot(found, from, databaseId, hashOf) is { } trouble)
                return trouble;
            // A transaction that came after this one may have been quicker here.
            if (found is null || found.DatabaseId != databaseId || found.Head.Id < to.Id)
                Write(file, to, databaseId, at);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the end of the audit could not be written to {Path}: {error.Message}";
        }
        catch (StoreException)
        {
            // Somebody else is about to commit; the next change moves it.
            return null;
        }
    }

    private string? WhyNot(AnchoredHead found, AuditHead from, string databaseId, Func<long, string?> hashOf)
    {
        if (found.Head == from && found.DatabaseId == databaseId)
            return null;
        if (found.DatabaseId != databaseId)
            return from == AuditHead.Start ? null : $"{Path} is of another database than this one; `aios audit verify` says more";
        return hashOf(found.Head.Id) == found.Head.Hash
            ? null
            : $"row {found.Head.Id} of the audit is not what {Path} says; `aios audit verify` says more";
    }

    private static AnchoredHead? Parse(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var length = file.ReadAtLeast(bytes, Size, throwOnEndOfStream: false);
        var words = Encoding.UTF8.GetString(bytes[..length]).Split(' ', '\n');
        return words.Length >= 4 && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new AnchoredHead(new AuditHead(id, words[1]), words[2], words[3])
            : null;
    }

    // In one write and of one length, so that a power cut leaves the old or the new one.
    private static void Write(FileStream file, AuditHead head, string databaseId, DateTimeOffset at)
    {
        var line =
            string.Create(CultureInfo.InvariantCulture, $"{head.Id} {head.Hash} {databaseId} {at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")
                .PadRight(Size - 1) + "\n";
        file.Position = 0;
        file.Write(Encoding.UTF8.GetBytes(line));
        file.Flush();
    }

    // While it is open nobody else can open it.
    private FileStream Open()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return OpenNow();
            }
            catch (IOException) when (tries < Tries && File.Exists(Path))
            {
                Thread.Sleep(1);
            }
        }
    }

    private FileStream OpenNow()
    {
        // A root who does something here must not shut out the user whose database it is.
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var hasFolder = Directory.Exists(folder);
        OwnFile.ClaimFolder(folder);
        if (!hasFolder)
            DurableFile.GiveOwnerOf(_database, folder);
        var exists = System.IO.Path.Exists(Path);
        var file = OwnFile.OpenOrMake(Path, OwnFile.Readable, FileShare.None);
        if (!exists)
            DurableFile.GiveOwnerOf(_database, Path);
        return file;
    }
}
