using System.CommandLine;
using Aios.Control;
using Aios.Jobs;
using Aios.Models.Runs;

namespace Aios.Cli;

/// <summary><c>aios jobs validate</c>: finds all mistakes of a list, without touching what runs.</summary>
internal static class JobsValidateVerb
{
    private static readonly Argument<string?> File = new("file")
    {
        Description = "The file to check instead of Jobs/, inside or outside the home",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "validate",
            "Check the job list and report every mistake",
            ("aios jobs validate", "Check the job list of this home"),
            ("aios jobs validate new.yaml", "Check a file that is not in force")
        )
        {
            File,
            Json,
        };
        command.SetVerb(context, parsed => Validate(parsed, context));
        return command;
    }

    private static int Validate(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        if (parsed.GetValue(File) is null)
            settings.RequireJobsFolder();
        if (parsed.GetValue(File) is { } named && !System.IO.File.Exists(named))
            throw new CommandLineException(
                Directory.Exists(named)
                    ? $"{named} is a folder: name a file, or a home with --home."
                    : $"there is no file {Path.GetFullPath(named)}."
            );
        var list = parsed.GetValue(File) is { } file
            ? JobListLoader.LoadFile(file, settings.ProgramsFolder, LlmJobCheck.OfHome(settings.Home, JobsOf(settings)))
            : JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder, check: LlmJobCheck.OfHome(settings.Home));
        if (parsed.GetValue(Json))
            WriteJson(list, context);
        else
            WriteText(list, context);
        return list.Errors.Length == 0 ? ExitCode.Good : ExitCode.Misused;
    }

    // A file may name jobs that are in the list already.
    private static IEnumerable<string> JobsOf(Settings settings) =>
        Directory.Exists(settings.JobsFolder)
            ? JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder).Jobs.Select(job => job.Name)
            : [];

    private static void WriteText(JobList list, CliContext context)
    {
        foreach (var warning in list.Warnings)
            context.Error.WriteLine($"warning: {warning.ToText()}");
        foreach (var error in list.Errors)
            context.Error.WriteLine(error.ToText());
        if (list.Errors.Length == 0)
            context.Out.WriteLine($"The job list is good: {list.CountInWords}.");
        else
            context.Error.WriteLine($"The job list has {list.Errors.Length} {(list.Errors.Length == 1 ? "mistake" : "mistakes")}.");
    }

    private static void WriteJson(JobList list, CliContext context) => JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", list.Errors.Length == 0);
            json.WriteNumber("jobs", list.Jobs.Length);
            json.WriteArray("errors", list.Errors, (writer, error) => writer.WriteStringValue(error.ToString()));
            json.WriteArray("warnings", list.Warnings, (writer, warning) => writer.WriteStringValue(warning.ToString()));
            json.WriteEndObject();
        });
}
