namespace Aios.Running.Linux;

/// <summary>What an error of posix_spawn means for the person whose program did not start.</summary>
internal static class SpawnErrors
{
    public static RunStartException Explain(int error, ProcessSpec spec) =>
        new(
            error switch
            {
                Errno.ENOENT when !Directory.Exists(spec.WorkingDirectory) => WorkingFolder.Missing(spec.WorkingDirectory),
                Errno.ENOENT => Missing(spec),
                Errno.ENOTDIR => WorkingFolder.Missing(spec.WorkingDirectory),
                Errno.EACCES when LibC.access(spec.WorkingDirectory, LibC.X_OK) != 0 =>
                    $"the working directory {spec.WorkingDirectory} may not be entered by the user that AIOS runs as; permit it (chmod), "
                        + $"or correct the job's `workdir`",
                Errno.EACCES =>
                    $"{spec.Executable} may not be executed: it, a folder above it, or its interpreter lacks the permission, or its file "
                        + $"system is mounted noexec; try: chmod +x '{spec.Executable}'",
                Errno.ENOEXEC =>
                    $"{spec.Executable} is neither a program for this machine nor a script with a #! line; add one such as #!/bin/sh",
                Errno.E2BIG =>
                    $"the arguments and environment for {spec.Executable} are too long for the system (getconf ARG_MAX); pass large data "
                        + $"in kwargs (AIOS_KWARGS_FILE) or in a file",
                Errno.ETXTBSY =>
                    $"{spec.Executable} is open for writing, so the system does not start it; finish writing it (better: write a new file "
                        + $"and rename it)",
                Errno.EAGAIN or Errno.ENOMEM =>
                    $"the system has no room for another process ({Errno.Text(error)}); run fewer programs at once or raise its limits "
                        + $"(ulimit -u, memory)",
                Errno.EMFILE or Errno.ENFILE =>
                    $"too many open files ({Errno.Text(error)}); raise the limit (ulimit -n) or run less at once",
                Errno.ELOOP => $"{spec.Executable} or its interpreter is a circle of symbolic links or scripts",
                _ => $"{spec.Executable} could not be started: {Errno.Text(error)}",
            }
        );

    /// <exception cref="RunStartException">It is a script whose interpreter does not exist.</exception>
    public static void CheckInterpreter(ProcessSpec spec)
    {
        if (Interpreter(spec.Executable) is { } interpreter && !File.Exists(interpreter))
        {
            throw Explain(Errno.ENOENT, spec);
        }
    }

    // What may only be executed and not be read is no script.
    private static string? Interpreter(string executable)
    {
        try
        {
            var head = ProgramHead.Read(executable);
            var carriageReturn = head.ShebangEndsWithCr && head.Shebang.Count == 1 ? "\r" : "";
            return head.Shebang.Count > 0 ? head.Shebang[0] + carriageReturn : null;
        }
        catch (RunStartException)
        {
            return null;
        }
    }

    private static string Missing(ProcessSpec spec)
    {
        if (!File.Exists(spec.Executable))
        {
            return $"{spec.Executable} does not exist";
        }

        var head = ProgramHead.Read(spec.Executable);
        if (head.Shebang.Count == 0)
        {
            return $"{spec.Executable} exists, but not the loader it was linked for; it was built for another system";
        }

        var lineEnd = head.ShebangEndsWithCr ? " (the line ends with a carriage return: save the file with Unix line ends)" : "";
        return $"{spec.Executable} begins with #!{head.Shebang[0]}, which does not exist{lineEnd}; install that program or "
            + $"correct the line";
    }
}
