namespace Aios.Platform;

/// <summary>
/// A picture in the home that people are shown. Its first bytes say what it is, whatever its name is, so that no other file is
/// ever given out as one. Formats that can hold scripts, such as SVG, are none of them.
/// </summary>
/// <param name="Content">Its bytes.</param>
/// <param name="MediaType">Such as <c>image/png</c>.</param>
internal sealed record HomePicture(byte[] Content, string MediaType)
{
    /// <summary>Bytes of the largest picture.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>The SHA-256 of its bytes in hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(Platform.Sha256.Of(Content));

    /// <summary>Reads a picture.</summary>
    /// <param name="home">The folder in which it is, or in a folder below.</param>
    /// <param name="path">Where, from that folder.</param>
    /// <exception cref="PictureException">There is no such picture. The message says what was expected.</exception>
    public static HomePicture Read(string home, string path)
    {
        var full = Locate(home, path);
        try
        {
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length > Largest)
                throw new PictureException($"{path} has {file.Length} bytes, expected at most {Largest} ({Largest >> 20} MiB)");
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return MediaTypeOf(content) is { } type
                ? new HomePicture(content, type)
                : throw new PictureException($"{path} is no picture, expected a PNG, JPEG, GIF or WebP file");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException($"there is no file {path} in the home");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PictureException($"{path} cannot be read: {error.Message}");
        }
    }

    // Links may lead out of the home, and a pipe would be waited for.
    private static string Locate(string home, string path)
    {
        var root = Path.GetFullPath(home);
        var full = path.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(root, path));
        if (Path.IsPathRooted(path) || !full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new PictureException($"\"{path}\" is not in the home, expected a path from there, such as out/chart.png");
        for (var part = full; part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (new FileInfo(part).LinkTarget is not null)
                throw new PictureException($"{path} is a link, or in a folder that is one; expected the file itself");
        }

        return FileIdentity.IsSpecial(full)
            ? throw new PictureException($"{path} is a pipe or a device, expected a PNG, JPEG, GIF or WebP file")
            : full;
    }

    private static string? MediaTypeOf(ReadOnlySpan<byte> content) =>
        content is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? "image/png"
        : content is [0xff, 0xd8, 0xff, ..] ? "image/jpeg"
        : content.StartsWith("GIF8"u8) ? "image/gif"
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}

/// <summary>A picture that cannot be shown. The message says which, and why.</summary>
internal sealed class PictureException(string message) : Exception(message);
