using System.Text;

namespace Aios.Platform.Linux;

/// <summary>What is mounted where, as this process sees it.</summary>
internal static class Mounts
{
    /// <summary>What to do about a database file that is mounted alone.</summary>
    public const string HowToMountAFolder =
        "Mount the folder that holds the file instead of the file, such as -v \"$(pwd)\":/app (docs/docker.md).";

    private const string Table = "/proc/self/mountinfo";

    /// <summary>
    /// Whether something is mounted at this very path: a file that containers are given by itself, say. What is made
    /// beside it is then not where its other users look. False on systems that have no such table.
    /// </summary>
    public static bool IsMountPoint(string path)
    {
        if (!File.Exists(path) || !File.Exists(Table))
            return false;
        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        return File.ReadLines(Table).Any(line => PointOf(line) == real);
    }

    // The fifth field; blanks and what else would disturb are written as a backslash and three octal digits.
    private static string? PointOf(string line)
    {
        var fields = line.Split(' ', 6);
        return fields.Length < 6 ? null : Unescape(fields[4]);
    }

    private static string Unescape(string field)
    {
        if (!field.Contains('\\'))
            return field;
        var text = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\' || i + 3 >= field.Length)
            {
                text.Append(field[i]);
                continue;
            }

            text.Append((char)(((field[i + 1] - '0') << 6) | ((field[i + 2] - '0') << 3) | (field[i + 3] - '0')));
            i += 3;
        }

        return text.ToString();
    }
}
