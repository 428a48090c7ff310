using Aios.Import;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Cli;

/// <summary><c>aios init --from</c>: offers the set-up of another system as a job list.</summary>
internal static class SetUpImport
{
    /// <summary>Writes the list, checks it, and says what is left to do; the answer is the exit status.</summary>
    /// <exception cref="ImportException">There is nothing that could be taken over.</exception>
    public static int Write(IJobSource source, string? path, Settings settings, CliContext context)
    {
        var target = Path.Combine(settings.JobsFolder, $"{source.Name}.yaml");
        if (File.Exists(target))
            return context.Fail($"{target} is there already, and nothing is overwritten. Move it away first.");
        var list = source.Read(new ImportRequest(path, settings.Database));
        if (list.Jobs.Count == 0)
        {
            ReportNotes(list, context);
            return context.Fail($"there is no job in {list.Source}, so nothing was written.");
        }

        OwnFile.MakeFolder(settings.JobsFolder);
        using (var writer = new StreamWriter(OwnFile.Make(target, OwnFile.Readable)))
            writer.Write(JobListWriter.Write(list, source.Name));
        context.Out.WriteLine($"Wrote {target}: {Words.Count(list.Jobs.Count, "job")} taken over from {list.Source}.");
        ReportNotes(list, context);
        ReportCheck(JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder), context);
        return ExitCode.Good;
    }

    private static void ReportNotes(ImportedList list, CliContext context)
    {
        var notes = list.Notes.Concat(list.Jobs.SelectMany(job => job.Notes)).ToList();
        if (notes.Count == 0)
            return;
        var what = notes.Count == 1 ? "1 thing could not be converted exactly" : $"{notes.Count} things could not be converted exactly";
        context.Out.WriteLine($"{what} (also in the list, as comments):");
        foreach (var note in notes)
            context.Out.WriteLine($"  {TerminalText.Of(note.ToString(), colours: false)}");
    }

    private static void ReportCheck(JobList list, CliContext context)
    {
        foreach (var warning in list.Warnings)
            context.Out.WriteLine($"  warning: {warning}");
        if (list.Errors.Length == 0)
        {
            context.Out.WriteLine(
                "The job list is good. `aios jobs` shows it, `aios` starts it; switch the old system off first, or all runs twice."
            );
            return;
        }

        context.Out.WriteLine($"{Words.Count(list.Errors.Length, "thing")} to complete by hand; until then `aios` does not start:");
        foreach (var error in list.Errors)
            context.Out.WriteLine($"  {error.ToText("  ")}");
        context.Out.WriteLine("`aios jobs validate` checks the list again.");
    }
}
