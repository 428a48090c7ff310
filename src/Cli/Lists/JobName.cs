using System.CommandLine;
using Aios.Cli.Completion;

namespace Aios.Cli;

/// <summary>Where a verb is told the name of a job: called the same everywhere, and completed.</summary>
internal static class JobName
{
    /// <summary>It must be there.</summary>
    public static Argument<string> Argument() =>
        new Argument<string>("job") { Description = "The job's name", HelpName = "JOB" }.WithJobs();

    /// <summary>It may be left out.</summary>
    public static Argument<string?> Optional(string description) =>
        new Argument<string?>("job")
        {
            Description = description,
            HelpName = "JOB",
            Arity = ArgumentArity.ZeroOrOne,
        }.WithJobs();

    /// <summary>As an option.</summary>
    public static Option<string?> Option(string description, bool recursive = false) =>
        new Option<string?>("--job")
        {
            Description = description,
            HelpName = "JOB",
            Recursive = recursive,
        }.WithJobs();
}
