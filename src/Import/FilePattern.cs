using System.IO.Enumeration;

namespace Aios.Import;

/// <summary>Files whose paths are like a pattern with <c>*</c> and <c>?</c>, in any part of it.</summary>
internal static class FilePattern
{
    /// <summary>In the order of their names.</summary>
    public static List<string> Files(string pattern)
    {
        List<string> found = [Path.GetPathRoot(pattern)!];
        var parts = pattern[Path.GetPathRoot(pattern)!.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, isLast) = (parts[i], i == parts.Length - 1);
            found = [.. found.SelectMany(folder => Below(folder, part)).Where(path => isLast ? File.Exists(path) : Directory.Exists(path))];
        }

        return found;
    }

    private static IEnumerable<string> Below(string folder, string part)
    {
        if (!part.Contains('*', StringComparison.Ordinal) && !part.Contains('?', StringComparison.Ordinal))
            return [Path.Combine(folder, part)];
        try
        {
            return Directory
                .GetFileSystemEntries(folder)
                .Where(path =>
                    FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(path), ignoreCase: false)
                    && (part.StartsWith('.') || !Path.GetFileName(path).StartsWith('.'))
                )
                .Order(StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
