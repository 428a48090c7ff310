using Aios.Jobs;
using Aios.Queue;

namespace Aios.Cli;

/// <summary><c>aios init --from original</c>: offers the Python original's <c>scheduled_jobs</c> as a job list.</summary>
internal static class OriginalImport
{
    private const string FileName = "original.yaml";

    /// <summary>Writes the list, checks it, and says what is left to do; the answer is the exit status.</summary>
    public static int TakeOver(Settings settings, CliContext context)
    {
        var path = Path.Combine(settings.JobsFolder, FileName);
        if (File.Exists(path)) return context.Fail($"{path} is there already, and nothing is overwritten. Move it away first.");
        var jobs = OriginalJobs.Read(settings.DatabasePath);
        if (jobs.Count == 0) return context.Fail($"the table scheduled_jobs of {settings.DatabasePath} is empty, so there is nothing to take over.");
        Directory.CreateDirectory(settings.JobsFolder);
        using (var writer = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write })) writer.Write(OriginalJobList.Write(jobs, settings.DatabasePath));
        Report(path, jobs.Count, JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder), context);
        return ExitStatus.Good;
    }

    private static void Report(string path, int count, JobList list, CliContext context)
    {
        context.Out.WriteLine($"Wrote {path}: {Words.Count(count, "job")} taken over from scheduled_jobs.");
        foreach (var warning in list.Warnings) context.Out.WriteLine($"  warning: {warning}");
        if (list.Errors.Length == 0)
        {
            context.Out.WriteLine("The job list is good. `aios jobs` shows it, `aios` starts it.");
            return;
        }

        context.Out.WriteLine($"{Words.Count(list.Errors.Length, "thing")} to complete by hand; until then `aios` does not start:");
        foreach (var error in list.Errors) context.Out.WriteLine($"  {error}");
        context.Out.WriteLine("`aios jobs validate` checks the list again.");
    }
}
