using System.CommandLine;
using System.Reflection;
using Aios.Import;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Cli;

/// <summary><c>aios init</c>: makes an example home from the one that ships with the program.</summary>
internal static class InitVerb
{
    private const string Prefix = "home/";
    private static readonly Argument<string?> Folder = new("folder")
    {
        Description =
            "The folder of the new home (default: --home, or the current folder); with --from, the file to convert (default: where that "
            + "system keeps it)",
        HelpName = "FOLDER|FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description =
            $"Convert the jobs of another system into a job list instead of creating examples. "
            + $"{string.Join("; ", JobSources.All.Select(source => $"{source.Name}: {source.Description}"))}",
        HelpName = "SYSTEM",
    };

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "init",
            "Create a home with commented examples: Jobs/jobs.yaml and Programs/",
            ("aios init mine", "Create a home in the folder mine"),
            ("aios init --from crontab", "Convert your crontab into a job list"),
            ("aios init --from original", "Convert the jobs in this home's database into a job list")
        )
        {
            AdviceOnExtra = AdviceOnExtra,
        };
        command.Add(Folder);
        command.Add(From);
        command.SetVerb(context, parsed =>
            parsed.GetValue(From) is { } system ? TakeOver(system, parsed, context) : MakeExamples(parsed, context)
        );
        return command;
    }

    // With --from the one argument is the file, so the home is named by an option.
    private static string? AdviceOnExtra(ParseResult parsed, string file) =>
        parsed.GetValue(From) is { } system && parsed.GetValue(Folder) is { } home
            ? $"To name both the file and the home, write `aios init --from {system} {file} --home {home}`."
            : null;

    private static int TakeOver(string system, ParseResult parsed, CliContext context)
    {
        var names = JobSources.All.Select(source => source.Name).ToList();
        var source = JobSources.Find(system)
            ?? throw new CommandLineException(
                $"--from: found \"{system}\", expected one of: {string.Join(", ", names)}.{NearestName.Hint(system, names)}"
            );
        var path = parsed.GetValue(Folder);
        // The original's set-up is in the database of a home, so a home may be named for it.
        if (source is OriginalSource && Directory.Exists(path))
            return TakeOver(source, null, Settings.Of(parsed, path), context);
        return TakeOver(source, path, Settings.Of(parsed), context);
    }

    private static int TakeOver(IJobSource source, string? path, Settings settings, CliContext context)
    {
        try
        {
            return SetUpImport.Write(source, path, settings, context);
        }
        catch (ImportException error)
        {
            return context.Fail(error.Message);
        }
    }

    private static int MakeExamples(ParseResult parsed, CliContext context)
    {
        var home = Path.GetFullPath(parsed.GetValue(Folder) ?? parsed.GetValue(SharedOptions.Home) ?? Directory.GetCurrentDirectory());
        foreach (var folder in (string[])["Jobs", "Programs"])
        {
            if (!Path.Exists(Path.Combine(home, folder)))
                continue;
            var isHome = Directory.Exists(Path.Combine(home, "Jobs"));
            var advice = isHome ? $"Start this home with `{StartLine(home)}`, or make one" : "Make one";
            return context.Fail(
                $"{Path.Combine(home, folder)} is there already, and nothing is overwritten. {advice} elsewhere: `aios init FOLDER`."
            );
        }

        var assembly = typeof(InitVerb).Assembly;
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            var relative = resource[Prefix.Length..];
            Copy(assembly, resource, Path.Combine(home, relative));
            context.Out.WriteLine($"made {relative}");
        }

        context.Out.WriteLine($"Start it with `{StartLine(home)}`; edit Jobs/jobs.yaml at any time.");
        return ExitCode.Good;
    }

    private static string StartLine(string home) => home == Directory.GetCurrentDirectory() ? "aios" : $"aios --home {home}";

    private static void Copy(Assembly assembly, string resource, string path)
    {
        OwnFile.MakeFolder(Path.GetDirectoryName(path)!);
        using var source = assembly.GetManifestResourceStream(resource)!;
        using (var target = OwnFile.Make(path, OwnFile.Readable))
            source.CopyTo(target);
        var isScript = path.EndsWith(".sh", StringComparison.Ordinal);
        if (isScript && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                path,
                File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            );
    }
}
