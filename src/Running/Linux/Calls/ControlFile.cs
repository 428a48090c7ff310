using System.Text;

namespace Aios.Running.Linux;

/// <summary>Files of control groups: small texts that the kernel makes and takes.</summary>
internal static unsafe class ControlFile
{
    private const int Longest = 16 * 1024;

    /// <summary>A file of /proc of any length; empty if it is not there.</summary>
    public static string ReadWhole(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Null if it is not there, or not ours to read.</summary>
    public static string? Read(string path)
    {
        var buffer = new byte[Longest];
        var length = ProcFile.Read(path, buffer);
        return length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    /// <summary>The number behind a word at the beginning of a line, or 0.</summary>
    public static long Number(string path, string word)
    {
        foreach (var line in (Read(path) ?? "").AsSpan().EnumerateLines())
        {
            if (line.StartsWith(word, StringComparison.Ordinal) && line[word.Length..] is [' ', .. var number])
            {
                return long.TryParse(number, out var value) ? value : 0;
            }
        }

        return 0;
    }

    /// <summary>The number that is all of it, or null.</summary>
    public static long? Number(string path) => long.TryParse(Read(path), out var value) ? value : null;

    /// <summary>False if the kernel refuses it.</summary>
    public static bool TryWrite(string path, string text)
    {
        var fd = LibC.open(path, LibC.O_WRONLY | LibC.O_CLOEXEC, 0);
        if (fd < 0)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            var written = LibC.write(fd, start, bytes.Length);
            _ = LibC.close(fd);
            return written == bytes.Length;
        }
    }

    /// <summary>Makes a folder; one that is there already will do.</summary>
    public static bool TryMakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>False if it is still in use.</summary>
    public static bool TryRemoveFolder(string path)
    {
        try
        {
            // Its files are the kernel's and go with it.
            Directory.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(path);
        }
    }
}
