using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Support;

/// <summary>A program in a terminal of a certain size, with somebody who reads and types. It is gone after <see cref="Dispose"/>.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    // What is typed here goes there, and back; the exit status is the program's.
    private const string Relay = """
        import fcntl, os, pty, select, struct, sys, termios
        pid, fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', int(sys.argv[2]), int(sys.argv[1]), 0, 0))
            os.execvp(sys.argv[3], sys.argv[3:])
        while True:
            for source in select.select([0, fd], [], [])[0]:
                try:
                    data = os.read(source, 65536)
                except OSError:
                    data = b''
                if not data:
                    # Its end, or ours: then it is hung up on.
                    os.close(fd)
                    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xff)
                os.write(fd if source == 0 else 1, data)
        """;

    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _seen = new();

    /// <summary>Starts a program in the home's folder.</summary>
    public PseudoTerminal(
        AiosHome home,
        int columns,
        int rows,
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = AiosProcess.StartInfo(
            home.Folder,
            ["-c", Relay, $"{columns}", $"{rows}", program, .. arguments],
            [("TERM", "xterm-256color"), ("NO_COLOR", ""), .. environment]
        );
        start.FileName = "python3";
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
    }

    /// <summary>aios itself.</summary>
    public static PseudoTerminal OfAios(AiosHome home, int columns, int rows, params string[] arguments) =>
        new(home, columns, rows, AiosProcess.Executable, arguments);

    /// <summary>All that was shown so far, with the sequences that steer the terminal.</summary>
    public string Seen
    {
        get
        {
            lock (_seen)
                return _seen.ToString();
        }
    }

    /// <summary>Lines as they were shown, without colours.</summary>
    public IReadOnlyList<string> Lines => [.. Sequence().Replace(Seen, "").Split('\n').Select(line => line.TrimEnd('\r'))];

    /// <summary>Types.</summary>
    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until something has been shown.</summary>
    public void WaitFor(string text) => WaitFor(seen => seen.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until what has been shown is as it should be.</summary>
    public void WaitFor(Func<string, bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition(Seen))
        {
            Assert.True(
                Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60),
                $"Not shown within 60 s: {what}. Shown was:\n{Seen.Replace("\e", "ESC", StringComparison.Ordinal)}"
            );
            Thread.Sleep(20);
        }
    }

    /// <summary>Waits for the end of the program; the answer is its exit status.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(60_000) && _reading.Wait(60_000), $"The program has not ended. Shown was:\n{Seen}");
        return _process.ExitCode;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended.
        }

        // Its folder may be deleted next, so it is waited for.
        if (!_process.WaitForExit(30_000))
            AiosProcess.Send(_process.Id, AiosProcess.Kill9);
        _process.WaitForExit(10_000);
        _reading.Wait(10_000);
        _process.Dispose();
    }

    private void Read()
    {
        var buffer = new char[65536];
        while (_process.StandardOutput.Read(buffer) is > 0 and var count)
        {
            lock (_seen)
                _seen.Append(buffer, 0, count);
        }
    }

    [GeneratedRegex(@"\e(\[[0-9;?]*[A-Za-z]|[=>]|\][^\a]*\a)")]
    private static partial Regex Sequence();
}
