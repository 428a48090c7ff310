using System.CommandLine;
using Aios.Platform;
using Aios.Store;

namespace Aios.Cli;

/// <summary><c>aios backup</c>: a consistent copy of the database, while all runs go on.</summary>
internal static class BackupVerb
{
    private static readonly Argument<string> Target = new("file") { Description = "The file to create", HelpName = "FILE" };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace an existing file" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "backup",
            "Copy the database, also while AIOS runs",
            ("aios backup /mnt/disk/aios.db", "Copy the database onto another disk"),
            ("aios backup latest.db --force", "Replace the last copy")
        )
        {
            Target,
            Force,
            Json,
        };
        command.SetVerb(context, parsed => Copy(parsed, context));
        return command;
    }

    private static int Copy(ParseResult parsed, CliContext context)
    {
        var database = Settings.Of(parsed).Database;
        var target = Path.GetFullPath(parsed.GetValue(Target)!);
        if (!database.Exists)
            throw new CommandLineException(
                $"there is no database at {database.Name}, so there is nothing to copy. Name another home with --home, or the "
                    + $"file with --db."
            );
        RefuseTarget(database, target, parsed.GetValue(Force));
        var started = context.Clock.GetTimestamp();
        using var part = PartialFile.BeginAlone(target);
        database.CopyTo(part.Path, Progress.On(context, "copying"));
        var size = part.Length;
        part.Place();
        var took = context.Clock.GetElapsedTime(started);
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            $"Copied {database.Name} to {target}: {Words.Bytes(size)} in {Words.Span(took)}.",
            json =>
            {
                json.WriteString("database", database.Name);
                json.WriteString("file", target);
                json.WriteNumber("bytes", size);
                json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 3));
            }
        );
        return ExitCode.Good;
    }

    private static void RefuseTarget(IDatabase database, string target, bool force)
    {
        if (database.Owns(target))
            throw new CommandLineException($"{target} is the database itself or part of it. Name another file.");
        if (Directory.Exists(target))
            throw new CommandLineException($"{target} is a folder. Name a file in it, such as {Path.Combine(target, "orchestrator.db")}.");
        if (FileIdentity.IsSpecial(target))
            throw new CommandLineException($"{target} is not a regular file, so it is not replaced. Name another file.");
        if (Path.Exists(target) && !force)
            throw new CommandLineException($"{target} exists already. Name another file, or replace it with --force.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new CommandLineException(
                $"{target} cannot be created: there is no folder {Path.GetDirectoryName(target)}. Create it first."
            );
    }
}
