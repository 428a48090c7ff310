using System.Collections.Frozen;
using System.Collections.Immutable;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary><c>command: [...]</c></summary>
internal sealed class CommandKind : WorkKind
{
    private static readonly FrozenSet<string> ShellOperators = new[]
    {
        "|",
        "||",
        "&&",
        "&",
        ";",
        ">",
        ">>",
        "<",
        "<<",
        "2>",
        "2>&1",
        ">&2",
        "&>",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static readonly CommandKind Instance = new();

    public override JobField Key { get; } =
        new JobField<ImmutableArray<string>>("command", new ArgumentVectorFormat())
        {
            Description = "A program and its arguments, started without a shell.",
            Example = "[\"curl\", \"-sS\", \"https://example.org\"]",
            OneOf = OneOfKeys,
            Get = job => job.Work is CommandWork work ? work.Command : [],
            Set = (job, value) => job.Doing<CommandWork>(work => work with { Command = value }),
        };

    public override JobWork Blank { get; } = new CommandWork([]);

    // An operator may be meant as an argument, so this is no error.
    internal override void Check(Job job, GivenFields given, Reporter report)
    {
        if (
            job.Work is not CommandWork { Command: { IsDefaultOrEmpty: false } command }
            || given.Entry(Key) is not { } entry
            || given.IsWrong(Key)
        )
            return;

        report = report.ForField(entry.Name);
        if (command.Skip(1).FirstOrDefault(ShellOperators.Contains) is { } sign && !IsShell(command[0]))
        {
            report.Warn(
                entry.Value,
                $"no shell reads it, so {YamlScalar.Quoted(sign)} is given to the program as an argument; write the whole line as shell: "
                    + $"{YamlScalar.Quoted(string.Join(' ', command))} if a shell must act on it"
            );
        }
        else if (command is [var only] && only.Any(char.IsWhiteSpace) && !only.Contains('/'))
        {
            report.Warn(entry.Value, $"names one program, {YamlScalar.Quoted(only)}, blanks included; write {CommandLine.Instead(only)}");
        }
    }

    private static bool IsShell(string program) =>
        Path.GetFileName(program) is "sh" or "bash" or "dash" or "zsh" or "ksh" or "ash" or "expr" or "test" or "[" or "find";
}
