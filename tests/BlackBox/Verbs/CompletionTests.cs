using System.Diagnostics;

namespace Aios.Tests.BlackBox;

/// <summary>The completion scripts, in the shells they are for.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly AiosHome _home = new(
        "[{name: machine_watch, type: trigger, command: ['true']}, {name: mail, type: trigger, command: ['true']}]"
    );

    [RequiresTheory(Need.Python | Need.Bash)]
    [InlineData("aios trig", "aios trigger")]
    [InlineData("aios trigger mac", "aios trigger machine_watch")]
    [InlineData("aios trigger mail --wa", "aios trigger mail --wait")]
    [InlineData("aios backup Jobs/jo", "aios backup Jobs/jobs.yaml")]
    public void Bash_completes(string typed, string completed) => Complete("bash", ["--norc", "--noprofile", "-i"], "", typed, completed);

    [RequiresTheory(Need.Python | Need.Zsh)]
    [InlineData("aios trig", "aios trigger")]
    [InlineData("aios trigger mac", "aios trigger machine_watch")]
    [InlineData("aios trigger mail --wa", "aios trigger mail --wait")]
    public void Zsh_completes(string typed, string completed) =>
        Complete("zsh", ["-f", "-i"], "autoload -Uz compinit; compinit -u -D; ", typed, completed);

    [RequiresTheory(Need.Fish)]
    [InlineData("aios trig", "trigger")]
    [InlineData("aios trigger mac", "machine_watch")]
    [InlineData("aios trigger mail --wa", "--wait")]
    [InlineData("aios backup Jobs/jo", "Jobs/jobs.yaml")]
    public void Fish_completes(string typed, string completed)
    {
        var start = AiosProcess.StartInfo(
            _home.Folder,
            ["--no-config", "-c", $"aios completion fish | source; complete -C '{typed}'"],
            ("PATH", Path()),
            ("HOME", _home.Folder)
        );
        start.FileName = "fish";
        Assert.StartsWith(
            completed,
            CliResult.Of(start).Exits(0).Out.Split('\n').First(line => line.StartsWith(completed, StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [RequiresFact(Need.Groff)]
    public void The_manual_page_is_formatted_without_a_complaint()
    {
        using var groff = Process.Start(
            new ProcessStartInfo("groff", ["-man", "-Tutf8", "-ww", "-rLL=80n", "-P-cbou"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var page = groff.StandardOutput.ReadToEndAsync();
        var complaints = groff.StandardError.ReadToEndAsync();
        groff.StandardInput.Write(_home.Cli("man").Exits(0).Out);
        groff.StandardInput.Close();
        Assert.True(groff.WaitForExit(60_000));
        Assert.Equal("", complaints.Result);
        Assert.Contains("aios trigger <JOB>", page.Result, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private void Complete(string shell, string[] arguments, string before, string typed, string completed)
    {
        using var terminal = new PseudoTerminal(
            _home,
            120,
            24,
            shell,
            arguments,
            ("PS1", "$ "),
            ("PATH", Path()),
            ("HOME", _home.Folder),
            ("TERM", "vt100"),
            ("HISTFILE", "/dev/null")
        );
        // What is typed is shown, too, so the word to wait for must come out otherwise than it was typed.
        terminal.Type($"{before}source <(aios completion {shell}); PS1='> '; echo rea''dy\n");
        terminal.WaitFor("ready");
        terminal.Type(typed + "\t");
        terminal.WaitFor(seen => Plain(seen).Contains(completed, StringComparison.Ordinal), completed);
    }

    // Shells ring the bell, go back and fill up with nothing between the letters.
    private static string Plain(string seen) =>
        string.Concat(seen[(seen.IndexOf("ready", StringComparison.Ordinal) + 1)..].Where(letter => !char.IsControl(letter)));

    private static string Path() =>
        $"{System.IO.Path.GetDirectoryName(AiosProcess.Executable)}:{Environment.GetEnvironmentVariable("PATH")}";
}
