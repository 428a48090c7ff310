using System.CommandLine;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Cli.Completion;

/// <summary><c>aios completion</c>: scripts with which shells complete verbs, options and names of jobs.</summary>
internal static class CompletionVerb
{
    private static readonly Argument<string> Shell = new Argument<string>("shell")
    {
        Description = $"The shell: {string.Join(", ", ShellScripts.Shells)}",
        HelpName = "SHELL",
    }.With(ShellScripts.Shells);

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "completion",
            "Print the completion script of a shell for verbs, options and names of jobs",
            ("source <(aios completion bash)", "For bash, in ~/.bashrc"),
            ("source <(aios completion zsh)", "For zsh, in ~/.zshrc after compinit"),
            ("aios completion fish > ~/.config/fish/completions/aios.fish", "For fish, once")
        )
        {
            Shell,
        };
        command.SetVerb(context, parsed => Print(parsed.GetValue(Shell)!, context));
        return command;
    }

    private static string Installing(string shell) =>
        shell switch
        {
            "fish" => "`aios completion fish > ~/.config/fish/completions/aios.fish`, once.",
            "zsh" => "put the line `source <(aios completion zsh)` into ~/.zshrc, behind `autoload -U compinit; compinit`.",
            _ => $"put the line `source <(aios completion {shell})` into ~/.bashrc.",
        };

    private static int Print(string shell, CliContext context)
    {
        var script = ShellScripts.Of(shell)
            ?? throw new CommandLineException(
                $"found \"{shell}\", expected one of: "
                    + $"{string.Join(", ", ShellScripts.Shells)}.{NearestName.Hint(shell, ShellScripts.Shells)}"
            );
        context.Out.Write(script);
        // Whoever sees the script did not put it where it works.
        if (context.Screen.Columns is not null)
            context.Say($"this is the script itself. To have it in each shell: {Installing(shell)}");
        return ExitCode.Good;
    }
}
