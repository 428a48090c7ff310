using System.Globalization;
using System.Text;
using Aios.Platform;

namespace Aios.Store.Results;

/// <summary>
/// <c>results/</c> beside the database: results that are too long for a row. A file is written, to the disk, before the row that
/// refers to it, and never changed. One that no row refers to is left from a crash, or its row was removed; it is swept up.
/// </summary>
/// <param name="database">Beside which it is.</param>
/// <param name="databaseId">Tells its files from those of other databases in the same folder.</param>
internal sealed class ResultFolder(IDatabase database, string databaseId)
{
    /// <summary>Bytes of the longest result that a row has.</summary>
    public const int LongestInRow = 1024 * 1024;

    /// <summary>Bytes of the longest result.</summary>
    public const int Longest = 64 * 1024 * 1024;

    private const string Name = "results";
    private const int DatabaseDigits = 12;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // The row that refers to a file may wait for a database that others lock.
    private static readonly TimeSpan UntilSwept = TimeSpan.FromDays(1);

    private readonly string _prefix = $"{string.Concat(databaseId.Where(char.IsAsciiLetterOrDigit).Take(DatabaseDigits))}-";

    private string Folder => Path.Combine(database.Folder, Name);

    /// <summary>
    /// What a row is to have of a result: the result, or where it is. Where no file can be made, or it would not outlast the
    /// database, the row has all of it.
    /// </summary>
    public (string? Json, ResultReference? File) Keep(string? json)
    {
        if (json is null || !IsLong(json) || database.IsMountedAlone)
            return (json, null);
        try
        {
            return (null, Write(Encoding.UTF8.GetBytes(json)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (json, null);
        }
    }

    /// <summary>The result in a file.</summary>
    /// <exception cref="ResultFileException">It is missing, or is not what the row says.</exception>
    public string Read(ResultReference reference)
    {
        if (PathOf(reference) is not { } path)
            throw new ResultFileException($"the column result_file names no file in {Folder}, but \"{reference.Path}\"");
        if (reference.Bytes is <= 0 or > Longest)
            throw new ResultFileException(Long($"{path} has {reference.Bytes} bytes"));
        try
        {
            using var file = OwnFile.Open(path, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length != reference.Bytes)
                throw new ResultFileException($"{path} has changed: it has {file.Length} bytes, expected {reference.Bytes}");
            var content = new byte[reference.Bytes];
            file.ReadExactly(content);
            var found = Convert.ToHexStringLower(Sha256.Of(content));
            if (!found.Equals(reference.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new ResultFileException($"{path} has changed: its SHA-256 is {found}, expected {reference.Sha256}");
            return Encoding.UTF8.GetString(content);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ResultFileException($"{path} is missing");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResultFileException($"{path} cannot be read: {error.Message}");
        }
    }

    /// <summary>Says that something is longer than a result may be.</summary>
    public static string Long(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}; a result has at most {Longest} bytes ({Longest >> 20} MiB)");

    /// <summary>Files of this database that are old enough to be swept up if no row refers to them.</summary>
    public IReadOnlyList<string> Old(DateTimeOffset now)
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFiles(Folder, $"{_prefix}*")
                    .Where(path => File.GetLastWriteTimeUtc(path) < now.UtcDateTime - UntilSwept)
                    .Select(path => Path.GetFileName(path)),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Removes those to which no row refers; the answer is how many.</summary>
    /// <param name="old">What <see cref="Old"/> found, before <paramref name="kept"/> was read.</param>
    /// <param name="kept">All paths in rows.</param>
    public int Sweep(IEnumerable<string> old, IReadOnlySet<string> kept)
    {
        var removed = 0;
        foreach (var name in old.Where(name => !kept.Contains($"{Name}/{name}")))
        {
            try
            {
                File.Delete(Path.Combine(Folder, name));
                removed++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The next round tries it again.
            }
        }

        return removed;
    }

    private static bool IsLong(string json) =>
        json.Length > LongestInRow || (json.Length > LongestInRow / 3 && Encoding.UTF8.GetByteCount(json) > LongestInRow);

    // A row is anybody's to write, and leads out of the folder for nobody.
    private string? PathOf(ResultReference reference) =>
        reference.Path.StartsWith($"{Name}/", StringComparison.Ordinal)
        && reference.Path[(Name.Length + 1)..] is { Length: > 0 } file
        && file == Path.GetFileName(file)
        && file is not ("." or "..")
            ? Path.Combine(Folder, file)
            : null;

    private ResultReference Write(byte[] content)
    {
        if (!Directory.Exists(Folder))
        {
            OwnFile.ClaimFolder(Folder, OwnerOnly);
            DurableFile.SyncFolder(database.Folder);
        }

        OwnFile.ClaimFolder(Folder, OwnerOnly);
        var name = $"{_prefix}{Guid.NewGuid():n}.json";
        var part = Path.Combine(Folder, $"{name}.part");
        try
        {
            using (var file = OwnFile.Make(part, OwnFile.Secret))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            DurableFile.Replace(part, Path.Combine(Folder, name));
        }
        catch
        {
            File.Delete(part);
            throw;
        }

        return new ResultReference($"{Name}/{name}", content.Length, Convert.ToHexStringLower(Sha256.Of(content)));
    }
}
