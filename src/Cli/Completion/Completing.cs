using System.CommandLine;
using System.CommandLine.Completions;
using Aios.Jobs;
using Aios.Store;

namespace Aios.Cli.Completion;

/// <summary>What may be put in the place of an argument or behind an option.</summary>
internal static class Completing
{
    /// <summary>One of these words.</summary>
    public static Argument<T> With<T>(this Argument<T> argument, IEnumerable<string> words)
    {
        argument.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        return argument;
    }

    /// <summary>One of these words.</summary>
    public static Option<T> With<T>(this Option<T> option, IEnumerable<string> words)
    {
        option.CompletionSources.Add(_ => words.Select(word => new CompletionItem(word)));
        return option;
    }

    /// <summary>The name of a job.</summary>
    public static Argument<T> WithJobs<T>(this Argument<T> argument)
    {
        argument.CompletionSources.Add(JobsOf);
        return argument;
    }

    /// <summary>The name of a job.</summary>
    public static Option<T> WithJobs<T>(this Option<T> option)
    {
        option.CompletionSources.Add(JobsOf);
        return option;
    }

    // Nobody who presses Tab wants to read what is wrong.
    private static IEnumerable<CompletionItem> JobsOf(CompletionContext context)
    {
        try
        {
            var settings = Settings.Of(context.ParseResult);
            var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
            if (!list.Jobs.IsEmpty)
                return [.. list.Jobs.Select(job => new CompletionItem(job.Name, detail: job.Description ?? job.Schedule.Kind.Name))];
            using var reader = settings.Database.Read();
            return [.. (reader?.LatestRuns().Keys ?? []).Order(StringComparer.Ordinal).Select(name => new CompletionItem(name))];
        }
        catch (Exception error) when (error is CommandLineException or StoreException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
