using System.Collections.Immutable;
using Aios.Jobs.Works;

namespace Aios.Jobs;

/// <summary>
/// Reads the job list. Nothing that a file holds makes it throw: whatever is wrong becomes an entry of
/// <see cref="JobList.Errors"/>, all of it at once.
/// </summary>
internal sealed class JobListLoader
{
    private readonly ProblemList _problems = new();
    private readonly List<Job> _jobs = [];
    private readonly UniqueJobNames _names = new();
    private readonly List<WrittenJob> _written = [];
    private readonly ProgramCheck? _programs;
    private readonly IJobListCheck? _check;

    private JobListLoader(string? programsFolder, IJobListCheck? check = null)
    {
        _programs = programsFolder is null ? null : new ProgramCheck(programsFolder);
        _check = check;
    }

    /// <summary>Reads each <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> directly in the folder, in the order of their names.</summary>
    /// <param name="jobsFolder">Where its files are.</param>
    /// <param name="programsFolder">Where the jobs' files are looked for; one that is missing is a warning.</param>
    /// <param name="draft">Takes the place of the file of its name, or is one more; null for the files as they are.</param>
    /// <param name="check">Looks at the jobs as well; null for no more checks.</param>
    public static JobList Load(string jobsFolder, string programsFolder, JobFile? draft = null, IJobListCheck? check = null)
    {
        var loader = new JobListLoader(programsFolder, check);
        var folderName = NameOf(jobsFolder);
        var paths = loader.List(jobsFolder, folderName, draft);
        foreach (var path in paths)
        {
            var report = new Reporter(loader._problems, $"{folderName}/{Path.GetFileName(path)}");
            var isDraft = draft is not null && Path.GetFileName(path) == draft.Name;
            if ((isDraft ? draft!.Text : JobListFiles.Read(path, report)) is { } text)
                loader.Read(text, report);
        }

        return loader.Finish([.. paths.Select(path => $"{folderName}/{Path.GetFileName(path)}")]);
    }

    /// <summary>Reads a text as if it were the only file of a list.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="fileName">What it is called in messages.</param>
    /// <param name="programsFolder">Where the jobs' files are looked for; null does not look.</param>
    /// <param name="check">Looks at the jobs as well; null for no more checks.</param>
    public static JobList Parse(string text, string fileName, string? programsFolder = null, IJobListCheck? check = null)
    {
        var loader = new JobListLoader(programsFolder, check);
        loader.Read(text, new Reporter(loader._problems, fileName));
        return loader.Finish([fileName]);
    }

    /// <summary>The same, with other fields and kinds of schedules.</summary>
    internal static JobList Parse(string text, string fileName, JobFields fields)
    {
        var loader = new JobListLoader(null);
        loader.Read(text, new Reporter(loader._problems, fileName) { Fields = fields });
        return loader.Finish([fileName]);
    }

    /// <summary>Reads one file as if it were the only one of a list.</summary>
    /// <param name="path">Which is also what it is called in messages.</param>
    /// <param name="programsFolder">Where the jobs' files are looked for.</param>
    /// <param name="check">Looks at the jobs as well; null for no more checks.</param>
    public static JobList LoadFile(string path, string programsFolder, IJobListCheck? check = null)
    {
        var loader = new JobListLoader(programsFolder, check);
        var report = new Reporter(loader._problems, path);
        if (JobListFiles.Read(path, report) is { } text)
            loader.Read(text, report);
        return loader.Finish([path]);
    }

    private static string NameOf(string folder) =>
        folder.Length == 0 || folder.Contains('\0')
            ? "Jobs"
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private void Read(string text, Reporter report)
    {
        foreach (var (job, map) in JobFileReader.Read(text.StartsWith('\uFEFF') ? text[1..] : text, report, _names))
        {
            _programs?.Check(job, map, report);
            _jobs.Add(job);
            if (_check is not null)
                _written.Add(new WrittenJob(job, map, report));
        }
    }

    private ImmutableArray<string> List(string folder, string folderName, JobFile? draft)
    {
        var report = new Reporter(_problems, folderName);
        try
        {
            var paths = JobListFiles.In(folder);
            if (draft is not null)
                return [.. paths.Append(Path.Combine(folder, draft.Name)).Distinct().Order(StringComparer.Ordinal)];
            if (paths.IsEmpty)
                report.Warn("there is no *.yaml, *.yml or *.json file in this folder, so there is no job; `aios init` makes an example");
            return paths;
        }
        catch (DirectoryNotFoundException)
        {
            report.Error(0, 0, $"there is no Jobs folder at {folder}; `aios init` makes an example");
        }
        catch (Exception error) when (JobListFiles.IsUnreadable(error))
        {
            report.Error(0, 0, $"the folder cannot be read ({error.Message.TrimEnd('.')}); check its permissions");
        }

        return [];
    }

    private JobList Finish(ImmutableArray<string> files)
    {
        _check?.Check(_written, _names.All);
        return new([.. _jobs], _problems.Errors(), _problems.Warnings(), files);
    }
}
