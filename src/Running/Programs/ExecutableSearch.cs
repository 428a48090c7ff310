namespace Aios.Running;

/// <summary>Finds executables as a shell would.</summary>
internal static class ExecutableSearch
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a command: by the PATH, or relative to a folder if it holds a slash.</summary>
    /// <param name="command">As the job has it.</param>
    /// <param name="path">The PATH that the program will see.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <exception cref="RunStartException">There is none.</exception>
    public static string Find(string command, string? path, string folder)
    {
        if (command.Length == 0)
        {
            throw new RunStartException("the command is an empty string; its first element must name a program");
        }

        if (command.Contains('\0'))
        {
            throw new RunStartException("the command's first element holds a NUL character, which no file's name can");
        }

        return command.Contains('/') || Path.IsPathRooted(command) ? AtPath(command, folder) : OnPath(command, path, folder);
    }

    /// <summary>Whether it is a file with an executable bit.</summary>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    private static string AtPath(string command, string folder)
    {
        var full = Path.GetFullPath(command, folder);
        if (Directory.Exists(full))
        {
            throw new RunStartException($"command '{command}' is a folder ({full}); its first element must name a program");
        }

        if (!File.Exists(full))
        {
            throw new RunStartException(
                $"command '{command}' does not exist: there is no file {full}. A path in a command is relative to "
                    + $"{folder}{(command.Any(char.IsWhiteSpace) ? "; " + Advice(command) : "")}"
            );
        }

        return IsExecutable(full) ? full : throw new RunStartException($"{full} is not executable; make it so with: chmod +x '{full}'");
    }

    private static string OnPath(string command, string? path, string folder)
    {
        var folders = (path ?? "/usr/local/bin:/usr/bin:/bin").Split(Path.PathSeparator);
        foreach (var place in folders)
        {
            var candidate = Path.GetFullPath(Path.Combine(place, command), folder);
            if (IsExecutable(candidate))
            {
                return candidate;
            }

            if (OperatingSystem.IsWindows() && IsExecutable(candidate + ".exe"))
            {
                return candidate + ".exe";
            }
        }

        throw new RunStartException(
            $"command '{command}' was not found on the PATH; {Advice(command)} (PATH: {string.Join(Path.PathSeparator, folders)})"
        );
    }

    private static string Advice(string command) =>
        command.Any(char.IsWhiteSpace)
            ? "it names one program, blanks included; write a whole command line as `shell`, or each argument as an element of the list"
            : "install it or give its full path";
}
