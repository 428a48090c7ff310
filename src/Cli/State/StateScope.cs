using System.CommandLine;
using System.Text;
using Aios.Daemon.Presence;
using Aios.Store;

namespace Aios.Cli;

/// <summary>Whose state a verb is about, and what in it.</summary>
internal static class StateScope
{
    /// <summary>The name of a value.</summary>
    public static readonly Argument<string> Key = new("key") { Description = "The value's name", HelpName = "KEY" };

    private static readonly Option<string?> Job = JobName.Option(
        "The job (default: AIOS_JOB, which AIOS sets for each program)",
        recursive: true
    );
    private static readonly Option<bool> Shared = new("--shared") { Description = "Use the state that all jobs share", Recursive = true };

    /// <summary>Adds what says whose state it is.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Job);
        command.Options.Add(Shared);
    }

    /// <summary>The job's name, or <see cref="IState.Shared"/>.</summary>
    /// <exception cref="CommandLineException">Nothing says whose, or too much does.</exception>
    public static string JobOf(ParseResult parsed)
    {
        var named = parsed.GetValue(Job);
        if (parsed.GetValue(Shared))
            return named is null ? IState.Shared : throw new CommandLineException("expected --job or --shared, not both.");
        if (named is "")
            throw new CommandLineException("--job: expected the name of a job.");
        return named
            ?? RunScope.Job
            ?? throw new CommandLineException("this is not within a run: name the job with --job, or use --shared.");
    }

    /// <summary>The value's name.</summary>
    /// <exception cref="CommandLineException">It is too long.</exception>
    public static string KeyOf(ParseResult parsed)
    {
        var key = DaemonSecrets.Mask(parsed.GetValue(Key)!);
        if (Encoding.UTF8.GetByteCount(key) <= IState.LongestKey)
            return key;
        throw new CommandLineException($"a key of the state may have {IState.LongestKey} bytes.");
    }
}
