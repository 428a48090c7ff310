namespace Aios.Running.Failures;

/// <summary>What to do about failures that many people meet: one row each, of which the first that fits counts.</summary>
internal static class FailureHints
{
    private const int CannotExecute = 126;
    private const int NotFound = 127;

    private const string NoTerminal = "a run has no terminal, and its standard input is empty";

    private static readonly Row[] Table =
    [
        new([""], Carriages),
        new(["ModuleNotFoundError: No module named", "ImportError: No module named"], MissingModule),
        new(["attempted relative import with no known parent package"], _ =>
            "a file that is run itself has no package: name a `function` of it, or import without the dot"
        ),
        new(["EOFError: EOF when reading a line"], _ => $"{NoTerminal}: give the program what it asks for by `args`, `kwargs` or `env`"),
        new(
            [
                "Missing parentheses in call to 'print'",
                "Missing parentheses in call to 'exec'",
                "name 'raw_input' is not defined",
                "name 'unicode' is not defined",
                "name 'xrange' is not defined",
                "No module named 'urllib2'",
                "No module named 'ConfigParser'",
            ],
            _ => "the program is written for Python 2: convert it (2to3), or name a Python 2 as the job's `python`"
        ),
        new(["externally-managed-environment"], _ =>
            "this Python is the system's own: make a virtual environment in the home, python3 -m venv .venv, and install there"
        ),
        new(["missing 1 required positional argument", "required positional arguments", "required keyword-only argument"], _ =>
            "give it by the job's `args` or `kwargs`, or by those of the trigger"
        ),
        new(["got an unexpected keyword argument", "positional arguments but", "positional argument but"], _ =>
            "compare the function with the `args` and `kwargs` of the job and the trigger"
        ),
        new(
            [
                "no display name and no $DISPLAY",
                "cannot connect to X server",
                "could not connect to display",
                "cannot open display",
                "Missing X server or $DISPLAY",
                "Can't open display",
                "Unable to open X display",
            ],
            _ => "a run has no screen: use the program's headless mode, start it by xvfb-run, or set `env: {DISPLAY: \":0\"}`"
        ),
        new(["codec can't encode", "codec can't decode byte", "unsupported locale setting", "cannot change locale"], _ =>
            "set the encoding of the run: `env: {LANG: C.UTF-8, PYTHONUTF8: \"1\"}`"
        ),
        new(["sudo: a terminal is required", "sudo: a password is required", "sudo: no tty present"], _ =>
            $"{NoTerminal}: permit the command without a password (NOPASSWD in sudoers), or run AIOS as the user that may do it"
        ),
        new(["the input device is not a TTY", "cannot attach stdin to a TTY"], _ => $"{NoTerminal}: leave out -t and -i"),
        new(["TERM environment variable not set", "Error opening terminal"], _ =>
            $"{NoTerminal}: use the program's batch mode, or set `env: {{TERM: dumb}}`"
        ),
        new(["Host key verification failed"], failure =>
            $"connect once by hand as the user that AIOS runs as ({Environment.UserName}), so that the host's key is known"
        ),
        new(["Permission denied (publickey"], _ =>
            $"the user that AIOS runs as ({Environment.UserName}) needs a key that the host accepts and that has no passphrase"
        ),
        new(["could not read Username for", "could not read Password for", "terminal prompts disabled"], _ =>
            $"{NoTerminal}: store the credentials (git config credential.helper), or use a key"
        ),
        new(["npm ERR! missing script", "Cannot use import statement outside a module"], _ =>
            "correct package.json, or name the file .mjs where it uses import"
        ),
        new(["Error: Cannot find module", "ERR_MODULE_NOT_FOUND", "Cannot find package"], MissingNodeModule),
        new(["heap out of memory", "java.lang.OutOfMemoryError"], _ =>
            "it used all memory that its runtime permits: raise that (NODE_OPTIONS=--max-old-space-size=4096, java -Xmx), or have it do "
            + "less at once"
        ),
        new(["MemoryError", "std::bad_alloc", "Cannot allocate memory"], _ =>
            "the machine, or the job's `limits: {memory: ...}`, has not the memory: have it do less at once, or raise the limit"
        ),
        new(["Too many open files"], _ => "close what is no longer used, or raise the job's `limits: {open_files: ...}`"),
        new(["No space left on device", "Disk quota exceeded"], _ => "make room on the disk"),
        new(["Address already in use", "EADDRINUSE"], _ =>
            "another process has the port, perhaps a former run of this job: see which with ss -ltnp"
        ),
        new(["Read-only file system"], _ => "the program may not write there: choose another folder, for instance by `workdir`"),
        new(["to pass options in shebang lines"], _ =>
            "the first line of the script ends with a carriage return, as Windows writes it, or has options: sed -i 's/\\r$//' FILE, or "
            + "`#!/usr/bin/env -S ...`"
        ),
        new(["bad interpreter"], failure =>
            "the first line of the script names a program that is not there: install it or correct the line"
        ),
        new(["exec format error", "cannot execute binary file", "Exec format error"], _ =>
            "the file is for another machine, or is a script without a #! line"
        ),
        new(["Permission denied"], failure =>
            failure.Exit.Code == CannotExecute ? "make the file executable: chmod +x FILE" : PermissionWords()
        ),
        new(["PermissionError", "EACCES", "Operation not permitted"], _ => PermissionWords()),
        new(["command not found", ": not found", "No such file or directory", ""], failure =>
            failure.Exit.Code == NotFound
                ? "the command is not installed, or its folder is not in the run's PATH: install it, give its full path, or set `env: "
                    + "{PATH: ...}`"
                : null
        ),
        new([""], failure => failure.Exit.Code == CannotExecute ? "what the program started is not executable: chmod +x FILE" : null),
        new(["FileNotFoundError", "No such file or directory", "ENOENT"], failure =>
            $"relative paths start from {WorkingFolder.Of(failure.Job, failure.Settings.Home)}; the job's `workdir` changes that"
        ),
    ];

    /// <summary>What to do, to follow the reason of a failure; null if nothing is known.</summary>
    public static string? Find(FailedProgram failure) =>
        Table
            .Where(row => row.Words.Any(word => failure.Line.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(row => row.Hint(failure))
            .FirstOrDefault(hint => hint is not null);

    private static string PermissionWords() => $"the user that AIOS runs as ({Environment.UserName}) needs the permission";

    private static string? Carriages(FailedProgram failure) =>
        failure.ScriptWithCarriageReturns() is { } script
            ? $"the lines of {script} end with a carriage return, as those of Windows do, and the shell takes that for a part of each "
                + $"word: sed -i 's/\\r$//' '{script}'"
            : null;

    private static string? MissingModule(FailedProgram failure)
    {
        var module = failure.QuotedAfter("No module named") ?? failure.Line[(failure.Line.LastIndexOf(' ') + 1)..];
        var name = module.Split('.')[0];
        if (name == "aios")
            return "AIOS puts it into the folder .aios/lib beside the database, and could not: that must be a folder that AIOS "
                + "may write into";
        if (failure.OwnModule(name) is { } own)
        {
            return $"it is Programs/{own}, where this program's imports do not look: `env: {{PYTHONPATH: "
                + $"\"{Path.Combine(failure.Settings.ProgramsFolder, Path.GetDirectoryName(own) ?? "")}\"}}`";
        }

        var package = PythonPackages.Of(name);
        return failure.Job.Place.HowToInstall(package) ?? $"install it: {Installing(failure, package)}";
    }

    private static string Installing(FailedProgram failure, string package)
    {
        var python = failure.Python;
        var isSystems = failure.Job.Work is { Argv.IsEmpty: true, Interpreter: null } && !IsEnvironment(python);
        return isSystems
            ? $"cd {failure.Settings.Home} && {python} -m venv .venv && .venv/bin/pip install {package} (jobs use the .venv in the home)"
            : $"{python} -m pip install {package}";
    }

    private static bool IsEnvironment(string python) =>
        Path.GetDirectoryName(Path.GetDirectoryName(python)) is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "pyvenv.cfg"));

    private static string? MissingNodeModule(FailedProgram failure) =>
        (failure.QuotedAfter("Cannot find module") ?? failure.QuotedAfter("Cannot find package")) switch
        {
            null => null,
            ['.' or '/', ..] file =>
                $"there is no {file}: correct the path; it starts from the file that names it, or from the working directory",
            var module => $"install it beside the program: npm install {module}",
        };

    private sealed record Row(string[] Words, Func<FailedProgram, string?> Hint);
}
