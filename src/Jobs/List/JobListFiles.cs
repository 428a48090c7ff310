using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>The files of a job list.</summary>
internal static class JobListFiles
{
    /// <summary>A larger file is refused: it is no list that somebody wrote.</summary>
    public const int LargestFile = 16 * 1024 * 1024;

    /// <summary>The signature of a folder that cannot be read.</summary>
    public const string Unreadable = "unreadable";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>
    /// Something that differs whenever names, sizes or modification times of the list's files do. Cheap enough to be
    /// asked each second. Never throws; a folder that is absent or cannot be read has a signature of its own.
    /// </summary>
    public static string Signature(string folder)
    {
        try
        {
            return SignatureOf(In(folder));
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return Unreadable;
        }
    }

    /// <summary>As above, of files that are known.</summary>
    internal static string SignatureOf(ImmutableArray<string> files)
    {
        var signature = new StringBuilder();
        foreach (var path in files)
        {
            if (OperatingSystem.IsLinux())
                Append(signature, path, FileIdentity.VersionOf(path));
            else
                Append(signature, new FileInfo(path));
        }

        return signature.ToString();
    }

    /// <summary>When the list's files or their folder were last changed, by the files' own account; null if that cannot be read.</summary>
    public static DateTimeOffset? LastChange(string folder)
    {
        try
        {
            return In(folder).Select(File.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max();
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>A file of the list that holds not a single byte, or null.</summary>
    public static string? FindEmptied(string folder)
    {
        try
        {
            return In(folder)
                .FirstOrDefault(path =>
                    new FileInfo(path) is { Exists: true, LinkTarget: null, Length: 0 } && !FileIdentity.IsSpecial(path)
                );
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>Whether a file of that name is part of the list. What editors leave beside it is not.</summary>
    public static bool IsPart(string name) =>
        !name.StartsWith('.') && Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The paths of the list's files, in the order in which they are read.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    internal static ImmutableArray<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(path => IsPart(Path.GetFileName(path))).Order(StringComparer.Ordinal)];

    /// <summary>The text of a file, or null if there is none to be had; what is wrong has been told.</summary>
    internal static string? Read(string path, Reporter report)
    {
        try
        {
            if (FileIdentity.IsSpecial(path))
            {
                report.Error(0, 0, "this is no ordinary file (a named pipe or a device); put a text file in its place");
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length <= LargestFile)
                return Decode(ReadAll(file), report);

            report.Error(0, 0, $"the file is larger than {LargestFile / 1024 / 1024} MB; split it into several files");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            report.Error(0, 0, "the file was there a moment ago and is gone; save it again, or remove it for good and load once more");
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            report.Error(0, 0, $"the file cannot be read ({error.Message.TrimEnd('.')}); check its permissions");
        }

        return null;
    }

    internal static bool IsUnreadable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    // A file that grows while it is read ends at the length it had: the next change of its signature reads the rest.
    private static byte[] ReadAll(FileStream file)
    {
        var bytes = new byte[file.Length];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..count];
    }

    private static string? Decode(byte[] bytes, Reporter report)
    {
        var content = bytes.AsSpan();
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        if (WideEncoding(content) is { } encoding)
        {
            report.Error(1, 1, $"the file is in {encoding}; save it as UTF-8");
            return null;
        }

        if (System.Text.Unicode.Utf8.IsValid(content))
            return Encoding.UTF8.GetString(content);

        TellWrongByte(content, report);
        return null;
    }

    // By its byte-order mark, or, where it has none, by the zero bytes beside its first two characters.
    private static string? WideEncoding(ReadOnlySpan<byte> content) =>
        content switch
        {
            [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
            [not 0, 0, 0, 0, not 0, 0, 0, 0, ..] or [0, 0, 0, not 0, 0, 0, 0, not 0, ..] => "UTF-32",
            [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] => "UTF-16",
            _ => null,
        };

    private static void TellWrongByte(ReadOnlySpan<byte> content, Reporter report)
    {
        var characters = new char[content.Length];
        System.Text.Unicode.Utf8.ToUtf16(content, characters, out var read, out var written, replaceInvalidSequences: false);
        var (line, column) = TextPosition.Of(characters.AsSpan(0, written), written);
        report.Error(
            line,
            column,
            string.Create(CultureInfo.InvariantCulture, $"the byte 0x{content[read]:X2} is not UTF-8 text; save the file as UTF-8")
        );
    }

    private static void Append(StringBuilder signature, string path, (long Size, long Changed)? version) =>
        signature.Append(Path.GetFileName(path.AsSpan())).Append(CultureInfo.InvariantCulture, $"|{version?.Size}|{version?.Changed}\n");

    // A link changes when what it points to does.
    private static void Append(StringBuilder signature, FileInfo file)
    {
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        var size = target.Exists ? target.Length : -1;
        signature.Append(CultureInfo.InvariantCulture, $"{file.Name}|{size}|{target.LastWriteTimeUtc.Ticks}\n");
    }
}
