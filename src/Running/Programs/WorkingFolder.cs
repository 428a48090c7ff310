using Aios.Jobs;

namespace Aios.Running;

/// <summary>The folder that a job's program starts in.</summary>
internal static class WorkingFolder
{
    /// <summary>An absolute path; whether it is there is not looked at.</summary>
    public static string Of(Job job, string home) =>
        job.Workdir is { } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, home)) : home;

    /// <summary>The same, if a program can start there.</summary>
    /// <exception cref="RunStartException">None can.</exception>
    public static string Find(Job job, string home)
    {
        var folder = Of(job, home);
        return job.Workdir is null || Directory.Exists(folder) ? folder : throw new RunStartException(Missing(folder));
    }

    /// <summary>Why no program can start in a folder that is not there.</summary>
    public static string Missing(string folder) =>
        File.Exists(folder)
            ? $"the working directory {folder} is a file; name a folder as the job's `workdir`"
            : $"the working directory {folder} does not exist, or AIOS may not see it, so no program can run in it; create it, or name "
                + $"another as the job's `workdir`";
}
