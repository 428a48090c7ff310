using System.Text;
using Aios.Running.Linux;

namespace Aios.Running;

/// <summary>Writes files that only this user may read, and reads files that a program may have put anything into.</summary>
internal static class PrivateFile
{
    /// <summary>How the words begin about a file that is longer than the limit.</summary>
    public const string TooLong = "it is longer than";

    /// <summary>Replaces the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        if (OperatingSystem.IsLinux())
        {
            LinuxFile.Write(path, Encoding.UTF8.GetBytes(text));
            return;
        }

        File.WriteAllText(path, text);
    }

    /// <summary>The content, or null without such a file; <paramref name="problem"/> says why there is none to be had.</summary>
    public static byte[]? Read(string path, int limit, out string? problem) =>
        OperatingSystem.IsLinux() ? LinuxFile.Read(path, limit, out problem) : ReadPlain(path, limit, out problem);

    /// <summary>Removes a file, or whatever a program put in its place.</summary>
    public static void Delete(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxFile.TryDelete(path))
        {
            return;
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            DeleteFolder(path);
        }
    }

    private static void DeleteFolder(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays until somebody with the right removes it; a later run of this id writes over it or says so.
        }
    }

    private static byte[]? ReadPlain(string path, int limit, out string? problem)
    {
        problem = null;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                problem = Directory.Exists(path) ? "it is a folder" : null;
                return null;
            }

            // A pipe or a device has no length either, so it is never opened.
            problem =
                file.LinkTarget is not null ? "it is a symbolic link"
                : file.Length > limit ? $"{TooLong} {limit} bytes"
                : null;
            return problem is null && file.Length > 0 ? File.ReadAllBytes(path) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = error.Message;
            return null;
        }
    }
}
