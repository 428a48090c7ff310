using Aios.Jobs;
using Aios.Platform;

namespace Aios.Running;

/// <summary>Finds a job's <c>file</c>, and refuses one outside the folder of programs.</summary>
internal static class ProgramFile
{
    /// <summary>The absolute path of an existing file.</summary>
    /// <exception cref="RunStartException">It does not exist, is no file, or is outside, be it by a symbolic link.</exception>
    public static string Find(string programs, string file)
    {
        if (file.Contains('\0'))
        {
            throw new RunStartException("file holds a NUL character, which no file's name can; correct `file`");
        }

        var path = Path.GetFullPath(Path.Combine(programs, file));
        if (Path.IsPathRooted(file) || !IsInside(Path.GetFullPath(programs), path))
        {
            throw new RunStartException($"file '{file}' leaves {programs}; give a path below it, without '..'");
        }

        if (Directory.Exists(path))
        {
            throw new RunStartException($"file '{file}' is a folder in {programs}; name a program in it");
        }

        if (!File.Exists(path))
        {
            throw new RunStartException($"file '{file}' is not in {programs}.{Hint(path)} Put it there or correct `file`");
        }

        if (FileIdentity.IsSpecial(path))
        {
            throw new RunStartException($"file '{file}' is no ordinary file (a named pipe or a device); put a program in its place");
        }

        RefuseOutside(programs, file, path);
        return path;
    }

    private static void RefuseOutside(string programs, string file, string path)
    {
        var real = RealPath.Of(path);
        if (!IsInside(RealPath.Of(programs), real))
        {
            throw new RunStartException($"file '{file}' is a link to {real}, outside of {programs}; copy the program there instead");
        }
    }

    private static bool IsInside(string folder, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Hint(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder)
            ? NearestName.Hint(Path.GetFileName(path), Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)))
            : $" There is no folder {folder}.";
    }
}
