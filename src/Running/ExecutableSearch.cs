namespace Aios.Running;

/// <summary>Finds executables as a shell would.</summary>
/// <param name="home">What relative paths are relative to.</param>
internal sealed class ExecutableSearch(string home)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The absolute path of a command: by the PATH, or relative to the home if it holds a slash.</summary>
    /// <exception cref="StartFailure">There is none.</exception>
    public string Find(string command, string? path)
    {
        if (command.Length == 0)
        {
            throw new StartFailure("the command is an empty string; its first element must name a program");
        }

        if (command.Contains('\0'))
        {
            throw new StartFailure("the command's first element holds a NUL character, which no file's name can");
        }

        return command.Contains('/') || Path.IsPathRooted(command) ? AtPath(command) : OnPath(command, path);
    }

    /// <summary>Whether it is a file with an executable bit.</summary>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    private string AtPath(string command)
    {
        var full = Path.GetFullPath(command, home);
        if (Directory.Exists(full))
        {
            throw new StartFailure($"command '{command}' is a folder ({full}); its first element must name a program");
        }

        if (!File.Exists(full))
        {
            throw new StartFailure($"command '{command}' does not exist: there is no file {full}. A path in a command is relative to {home}");
        }

        return IsExecutable(full)
            ? full
            : throw new StartFailure($"{full} is not executable; make it so with: chmod +x '{full}'");
    }

    private string OnPath(string command, string? path)
    {
        var folders = (path ?? "/usr/local/bin:/usr/bin:/bin").Split(Path.PathSeparator);
        foreach (var folder in folders)
        {
            var candidate = Path.GetFullPath(Path.Combine(folder, command), home);
            if (IsExecutable(candidate))
            {
                return candidate;
            }

            if (OperatingSystem.IsWindows() && IsExecutable(candidate + ".exe"))
            {
                return candidate + ".exe";
            }
        }

        throw new StartFailure($"command '{command}' was not found on the PATH ({string.Join(Path.PathSeparator, folders)}); install it or give its full path");
    }
}
