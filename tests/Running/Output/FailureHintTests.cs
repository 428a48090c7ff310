using Aios.Jobs;
using Aios.Running.Failures;

namespace Aios.Tests.Running;

/// <summary>What is said about failures that many people meet.</summary>
public sealed class FailureHintTests : IDisposable
{
    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Theory]
    [InlineData("ModuleNotFoundError: No module named 'pandas'", 1, "&& python3 -m venv .venv && .venv/bin/pip install pandas")]
    [InlineData("ModuleNotFoundError: No module named 'yaml'", 1, "pip install PyYAML")]
    [InlineData("ModuleNotFoundError: No module named 'sklearn.svm'", 1, "pip install scikit-learn")]
    [InlineData("ModuleNotFoundError: No module named 'PIL'", 1, "pip install Pillow")]
    [InlineData("ImportError: No module named requests", 1, "pip install requests")]
    [InlineData("ModuleNotFoundError: No module named 'near'", 1, "it is Programs/sub/near.py")]
    [InlineData("ImportError: attempted relative import with no known parent package", 1, "name a `function` of it")]
    [InlineData("EOFError: EOF when reading a line", 1, "by `args`, `kwargs` or `env`")]
    [InlineData("SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?", 1, "Python 2")]
    [InlineData("NameError: name 'raw_input' is not defined", 1, "Python 2")]
    [InlineData("NameError: name 'xrange' is not defined", 1, "Python 2")]
    [InlineData("/usr/bin/env: use -[v]S to pass options in shebang lines", 127, "ends with a carriage return")]
    [InlineData("error: externally-managed-environment", 1, "python3 -m venv .venv")]
    [InlineData("TypeError: main() missing 1 required positional argument: 'city'", 1, "give it by the job's `args` or `kwargs`")]
    [InlineData("TypeError: main() got an unexpected keyword argument 'town'", 1, "compare the function")]
    [InlineData("TypeError: main() takes 0 positional arguments but 1 was given", 1, "compare the function")]
    [InlineData("_tkinter.TclError: no display name and no $DISPLAY environment variable", 1, "xvfb-run")]
    [InlineData("qt.qpa.xcb: could not connect to display", 134, "xvfb-run")]
    [InlineData("Error: Can't open display: ", 1, "xvfb-run")]
    [InlineData("UnicodeEncodeError: 'ascii' codec can't encode character '\\xe4' in position 0", 1, "LANG: C.UTF-8")]
    [InlineData("sudo: a password is required", 1, "NOPASSWD")]
    [InlineData("the input device is not a TTY", 1, "leave out -t")]
    [InlineData("TERM environment variable not set.", 1, "TERM: dumb")]
    [InlineData("Host key verification failed.", 255, "connect once by hand")]
    [InlineData("git@github.com: Permission denied (publickey).", 128, "no passphrase")]
    [InlineData("fatal: could not read Username for 'https://github.com': No such device or address", 128, "store the credentials")]
    [InlineData("Error: Cannot find module 'express'", 1, "npm install express")]
    [InlineData("Error: Cannot find module './lib/x'", 1, "there is no ./lib/x")]
    [InlineData("SyntaxError: Cannot use import statement outside a module", 1, ".mjs")]
    [InlineData("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory", 134, "--max-old-space-size")]
    [InlineData("MemoryError", 1, "limits: {memory")]
    [InlineData("OSError: [Errno 24] Too many open files: 'x'", 1, "open_files")]
    [InlineData("OSError: [Errno 28] No space left on device", 1, "make room")]
    [InlineData("OSError: [Errno 98] Address already in use", 1, "ss -ltnp")]
    [InlineData("OSError: [Errno 30] Read-only file system: '/x'", 1, "may not write there")]
    [InlineData("/tmp/x: /bin/zsh: bad interpreter: No such file or directory", 126, "the first line of the script")]
    [InlineData("sh: 1: ./tool: Exec format error", 126, "another machine")]
    [InlineData("sh: 1: ./tool: Permission denied", 126, "chmod +x")]
    [InlineData("cp: cannot open '/root/x' for reading: Permission denied", 1, "needs the permission")]
    [InlineData("PermissionError: [Errno 13] Permission denied: '/root/x'", 1, "needs the permission")]
    [InlineData("sh: 1: ffmpeg: not found", 127, "not installed")]
    [InlineData("bash: line 1: ffmpeg: command not found", 127, "not installed")]
    [InlineData("/usr/bin/env: ‘fish’: No such file or directory", 127, "not installed")]
    [InlineData("", 127, "not installed")]
    [InlineData("", 126, "chmod +x")]
    [InlineData("FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'", 1, "the job's `workdir` changes that")]
    public void Each_is_known(string line, int code, string words)
    {
        _box.Write("sub/near.py", "");
        Assert.Contains(words, Hint(Sandbox.File("program.py", "main"), line, code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ValueError: boom", 1)]
    [InlineData("", 1)]
    [InlineData("the disk is on fire", 3)]
    [InlineData("usage: tool [-h]", 2)]
    public void Nothing_is_said_of_what_is_not(string line, int code) => Assert.Null(Hint(Sandbox.Shell("x"), line, code));

    [Fact]
    public void A_package_goes_where_the_job_looks_for_it()
    {
        const string line = "ModuleNotFoundError: No module named 'pandas'";
        Assert.Equal("install it: python3.12 -m pip install pandas", Hint(Sandbox.Command("python3.12", "x.py"), line));
        Assert.Equal(
            "install it: envs/ml -m pip install pandas",
            Hint(Sandbox.File("x.py").Doing<FileWork>(work => work with { Python = "envs/ml" }), line)
        );
        Assert.Equal(
            "add it to the image python:3.13: pip install pandas",
            Hint(Sandbox.File("x.py") with { Place = new ContainerPlace { Image = "python:3.13" } }, line)
        );
        Directory.CreateDirectory(Path.Combine(_box.Home, ".venv/bin"));
        File.WriteAllText(Path.Combine(_box.Home, ".venv/pyvenv.cfg"), "");
        File.WriteAllText(Path.Combine(_box.Home, ".venv/bin/python"), "");
        Assert.Equal($"install it: {_box.Home}/.venv/bin/python -m pip install pandas", Hint(Sandbox.File("x.py"), line));
    }

    [LinuxTheory]
    [InlineData("run.sh", "#!/bin/sh\r\nset -e\r\necho hello\r\n")]
    [InlineData("run.sh", "#!/usr/bin/env bash\r\nif true; then\r\n  echo hello\r\nfi\r\n")]
    [InlineData("run.sh", "cd /tmp\r\nls\r\n")]
    [InlineData("run", "#!/bin/sh\r\ncd /tmp\r\n")]
    public async Task A_script_with_the_line_ends_of_Windows_is_seen_as_that(string name, string text)
    {
        var file = _box.Write(name, text, executable: true);

        var asFile = await _box.Run(Sandbox.File(name));
        var asCommand = await _box.Run(Sandbox.Command("sh", file));

        Assert.All([asFile, asCommand], outcome =>
        {
            if (outcome.ExitCode == 0)
                return;
            Assert.Contains($"sed -i 's/\\r$//' '{file}'", outcome.Reason, StringComparison.Ordinal);
        });
        Assert.Contains([asFile, asCommand], outcome => outcome.ExitCode != 0);
    }

    private string? Hint(Job job, string line, int code = 1) => FailureHints.Find(new(job, line, new(code, null), _box.Settings));
}
