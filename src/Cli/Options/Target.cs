using System.CommandLine;
using System.Globalization;
using Aios.Cli.Completion;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Cli;

/// <summary>What a verb acts on: a job by its name, or one run by its number. A job that is called like a number is the job.</summary>
internal abstract record Target
{
    private Target() { }

    /// <summary>A job; its definition is null where only another device's list holds it.</summary>
    public sealed record OfJob(string Name, Job? Definition) : Target;

    /// <summary>A run.</summary>
    public sealed record OfRun(RunSummary Run) : Target;

    /// <summary>The argument that names it.</summary>
    public static Argument<string> Argument() =>
        new Argument<string>("target") { Description = "The job's name, or the number of a run", HelpName = "JOB|RUN" }.WithJobs();

    /// <summary>Finds a job or a run.</summary>
    /// <exception cref="CommandLineException">There is neither.</exception>
    public static Target Find(string text, Settings settings, IStoreConnection connection)
    {
        using var reader = settings.Database.Read()!;
        return Find(text, settings, reader, name => Knows(connection, name));
    }

    /// <summary>Finds a job, also one that is no longer in any list but has run, or a run.</summary>
    /// <param name="text">What names it.</param>
    /// <param name="settings">Of the home.</param>
    /// <param name="reader">Null where there is no database yet.</param>
    /// <exception cref="CommandLineException">There is neither.</exception>
    public static Target Find(string text, Settings settings, IStoreReader? reader) =>
        Find(text, settings, reader, name => reader is not null && reader.KnowsJob(name));

    /// <summary>Finds a job.</summary>
    /// <exception cref="CommandLineException">There is none of that name.</exception>
    public static OfJob FindJob(string name, Settings settings, IStoreConnection connection) =>
        FindJob(name, settings, other => Knows(connection, other), out var hint)
        ?? throw new CommandLineException($"no job named \"{name}\" in {settings.JobsFolder}, nor in the list of another device.{hint}");

    private static Target Find(string text, Settings settings, IStoreReader? reader, Func<string, bool> isKnown)
    {
        if (FindJob(text, settings, isKnown, out var hint) is { } job)
            return job;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new CommandLineException($"no job named \"{text}\" in {settings.JobsFolder}, nor in the list of another device.{hint}");
        return reader?.Run(id) is { } run
            ? new OfRun(run)
            : throw new CommandLineException(
                $"there is no run {id}, and no job of that name. `aios runs` lists the latest runs, `aios jobs` all jobs."
            );
    }

    private static bool Knows(IStoreConnection connection, string name) => connection.Write(queue => queue.Devices.AnyKnows(name));

    // A list that has mistakes just now is no reason to leave what runs alone.
    private static OfJob? FindJob(string name, Settings settings, Func<string, bool> isKnown, out string hint)
    {
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        hint = list.Hint(name);
        if (list.Find(name) is { } job)
            return new OfJob(name, job);
        return isKnown(name) ? new OfJob(name, null) : null;
    }
}
