using System.Diagnostics;
using System.Globalization;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

/// <summary>The terminal in which a reader types what a page says. Whatever goes on in it is ended by <see cref="Dispose"/>.</summary>
internal sealed class PageShell : IDisposable
{
    private const string Mark = "== ";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Process _shell;
    private readonly string _outputs;
    private readonly List<Background> _goingOn = [];
    private int _commands;

    /// <summary>A shell in that folder; its outputs are kept in another.</summary>
    public PageShell(string folder, string outputs, IEnumerable<(string Name, string Value)> environment)
    {
        (_outputs, Folder) = (outputs, folder);
        var start = AiosProcess.StartInfo(folder, ["--norc", "--noprofile"], [.. environment]);
        (start.FileName, start.RedirectStandardInput, start.RedirectStandardError, start.StandardErrorEncoding) = (
            "bash",
            true,
            false,
            null
        );
        _shell = Process.Start(start)!;
    }

    /// <summary>A command that goes on until it is ended.</summary>
    public sealed record Background(PageCommand Command, int Pid, string OutputFile)
    {
        /// <summary>All that it has said so far.</summary>
        public string Output => File.ReadAllText(OutputFile);

        /// <summary>Whether it goes on.</summary>
        public bool Lives => Processes.Lives(Pid);
    }

    /// <summary>The folder that the shell is in.</summary>
    public string Folder { get; private set; }

    /// <summary>What goes on in it, in the order of its start.</summary>
    public IReadOnlyList<Background> GoingOn => _goingOn;

    /// <summary>Has it do something to the end; the answer is the exit status and all that was said.</summary>
    public (int Status, string Output) Do(string command)
    {
        var file = NextOutput();
        var answer = Ask($"{{\n{command}\n}} >{file} 2>&1 </dev/null; echo \"{Mark}$? $PWD\"");
        var words = answer.Split(' ', 2);
        Folder = words[1];
        return (int.Parse(words[0], CultureInfo.InvariantCulture), File.ReadAllText(file));
    }

    /// <summary>Starts something that goes on.</summary>
    public Background Start(PageCommand command, string text)
    {
        var file = NextOutput();
        File.WriteAllText(file, "");
        var pid = Ask($"{text} >{file} 2>&1 </dev/null & echo \"{Mark}$!\"");
        _goingOn.Add(new Background(command, int.Parse(pid, CultureInfo.InvariantCulture), file));
        return _goingOn[^1];
    }

    /// <summary>Ends what goes on as Ctrl-C or a service manager does, the last one first; the answer is each one's exit status.</summary>
    public List<(Background Ended, int Status)> End()
    {
        var ended = new List<(Background, int)>();
        foreach (var one in _goingOn.AsEnumerable().Reverse())
        {
            AiosProcess.Send(one.Pid, AiosProcess.Term);
            ended.Add((one, int.Parse(Ask($"wait {one.Pid}; echo \"{Mark}$?\""), CultureInfo.InvariantCulture)));
        }

        _goingOn.Clear();
        return ended;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in _goingOn)
            AiosProcess.Send(one.Pid, AiosProcess.Kill9);
        if (!_shell.HasExited)
            _shell.Kill();
        _shell.WaitForExit();
        _shell.Dispose();
    }

    private string NextOutput() => Path.Combine(_outputs, $"{_shell.Id}-{++_commands}.txt");

    private string Ask(string input)
    {
        _shell.StandardInput.Write(input + "\n");
        _shell.StandardInput.Flush();
        var line = _shell.StandardOutput.ReadLineAsync();
        if (!line.Wait(Longest))
            throw new TimeoutException($"The shell has not answered within {Longest.TotalSeconds} s: {input}");
        if (line.Result?.StartsWith(Mark, StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The shell does not understand: {input}\n{line.Result}");
        return line.Result[Mark.Length..];
    }
}
