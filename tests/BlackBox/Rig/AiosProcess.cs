using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Aios.Tests.BlackBox;

/// <summary>The executable, started as a person would start it. Whatever it does, it is gone after <see cref="Dispose"/>.</summary>
internal sealed partial class AiosProcess : IDisposable
{
    public const int Hup = 1;
    public const int Int = 2;
    public const int Kill9 = 9;
    public const int Term = 15;
    public const int Continued = 18;
    public const int Stopped = 19;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly CountdownEvent _streamsOpen = new(2);

    private AiosProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The published executable that <c>AIOS_EXE</c> names, else the one that was built with the tests.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("AIOS_EXE") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "aios");

    /// <summary>Its number, also after its end.</summary>
    public int Id { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>All that it has said so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it with these arguments and, besides the usual environment, these variables.</summary>
    public static AiosProcess Start(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        new(Process.Start(StartInfo(folder, arguments, environment))!);

    /// <summary>How to start it: nothing of the tests' own environment tells it anything.</summary>
    public static ProcessStartInfo StartInfo(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        start.Environment["TZ"] = "UTC";
        // Many daemons live at once, and only one can have the usual port.
        start.Environment["AIOS_LISTEN"] = "none";
        // What aios says is looked for as people read it.
        start.Environment["AIOS_LOG_FORMAT"] = "text";
        // The executable beside the tests looks for the runtime that runs them.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Waits until it has said this: what it writes reaches us some time after it was written.</summary>
    public void WaitForOutput(string text, double seconds = 30)
    {
        var said = SpinWait.SpinUntil(() => Says(text), TimeSpan.FromSeconds(seconds));
        Assert.True(said, $"aios has not said \"{text}\" within {seconds} s. It said:\n{Output}");

        bool Says(string text)
        {
            if (Output.Contains(text, StringComparison.Ordinal))
                return true;
            Thread.Sleep(10);
            return false;
        }
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Send(Id, signal);

    /// <summary>Ends it as a service manager does; the answer is its exit status.</summary>
    public int Stop(double seconds = 30)
    {
        Signal(Term);
        return WaitForExit(seconds);
    }

    /// <summary>Ends it as a power cut does.</summary>
    public void Kill()
    {
        Signal(Kill9);
        WaitForExit();
    }

    /// <summary>Waits for its end; the answer is its exit status.</summary>
    public int WaitForExit(double seconds = 30)
    {
        if (_process.WaitForExit(TimeSpan.FromSeconds(seconds)))
        {
            // Its last lines are read within a moment.
            _streamsOpen.Wait(TimeSpan.FromSeconds(10));
            return _process.ExitCode;
        }

        throw new TimeoutException($"aios has not ended within {seconds} s. It said:\n{Output}");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
            Signal(Kill9);
        _process.WaitForExit(10_000);
        _process.Dispose();
        if (_streamsOpen.IsSet)
            _streamsOpen.Dispose();
    }

    /// <summary>Sends any process a signal; one that is gone takes none.</summary>
    public static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    private static bool IsSetting(string name) =>
        name.StartsWith("AIOS_", StringComparison.Ordinal)
        || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || name
            is "DEVICE_ID"
                or "DEVICE_TAGS"
                or "NOTIFY_SOCKET"
                or "WATCHDOG_USEC"
                or "WATCHDOG_PID"
                or "TRACEPARENT"
                or "TRACESTATE"
                or "JOURNAL_STREAM"
                or "LD_PRELOAD"
                or "FAKETIME";

    private void Append(string? line)
    {
        if (line is null)
            _streamsOpen.Signal();
        else
            lock (_output)
                _output.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
