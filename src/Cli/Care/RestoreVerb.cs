using System.CommandLine;
using Aios.Cli.Confirm;
using Aios.Cli.Flows;
using Aios.Control;
using Aios.Control.Confirm;
using Aios.Daemon.Presence;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Devices;

namespace Aios.Cli;

/// <summary><c>aios restore</c>: puts a copy in the place of the database, which is kept beside it.</summary>
internal static class RestoreVerb
{
    private static readonly Argument<string> Source = new("file") { Description = "A copy made by `aios backup`", HelpName = "FILE" };
    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Also if a daemon on another machine seems to be running, or the database is too damaged to tell",
    };
    private static readonly Option<bool> Json = SharedOptions.Json();
    private static readonly ConfirmOptions Confirm = new();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "restore",
            "Replace the database with a copy; the former database is kept beside it",
            ("aios restore /mnt/disk/aios.db", "Restore a copy, after you have typed the name of the database"),
            ("aios restore /mnt/disk/aios.db --yes", "The same in a script")
        )
        {
            Source,
            Force,
            Json,
        };
        Confirm.AddTo(command);
        command.SetVerb(context, parsed => Restore(parsed, context));
        return command;
    }

    private static int Restore(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        var database = settings.Database;
        var source = Path.GetFullPath(parsed.GetValue(Source)!);
        var force = parsed.GetValue(Force);
        RefuseSource(database, source);
        var confirmed = AskFirst(settings, source, parsed, context);
        var isUsed = false;
        var started = context.Clock.GetTimestamp();
        var restored = database.Restore(
            source,
            devices =>
            {
                RefuseWhileInUse(devices, database, force, context.Now);
                if (!isUsed)
                    UseApproval(database, confirmed, context);
                isUsed = true;
            },
            context.Clock,
            Progress.On(context, "copying")
        );
        var took = context.Clock.GetElapsedTime(started);
        Record(database, source, confirmed, context);
        JsonOutput.Tell(context, parsed.GetValue(Json), InWords(database.Name, source, restored, took), json =>
        {
            json.WriteString("database", database.Name);
            json.WriteString("file", source);
            json.WriteNumber("bytes", restored.Bytes);
            json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 3));
            json.WriteText("kept", restored.Kept);
            json.WriteNumber("running", restored.Running);
        });
        return ExitCode.Good;
    }

    // Where there is nothing, nothing is at stake.
    private static (RiskyOperation Operation, Confirmed How)? AskFirst(
        Settings settings,
        string source,
        ParseResult parsed,
        CliContext context
    ) =>
        settings.Database.Exists && settings.Database.Size.Bytes > 0
            ? new Confirmer(parsed, Confirm, settings, context).Ask(
                RiskyKinds.Restore,
                () => RiskyOperation.Restore(settings.Database.Name, source),
                $"aios restore {source}"
            )
            : null;

    // In the database that is replaced: it is used before, and the one that is restored knows nothing of it.
    private static void UseApproval(IDatabase database, (RiskyOperation Operation, Confirmed How)? confirmed, CliContext context)
    {
        if (confirmed is not { How.Approval: not null })
            return;
        using var connection = database.Connect();
        Refusals.ThrowIf(connection.Write(queue => queue.UseConfirmation(confirmed, CliActor.Here, context.Now)));
    }

    private static string InWords(string database, string source, Restoration restored, TimeSpan took)
    {
        var (size, kept, running) = restored;
        var words = $"Restored {database} from {source}: {Words.Bytes(size)} in {Words.Span(took)}.";
        if (kept is not null)
            words += $"\nThe former database is kept as {kept}; delete it when you are sure.";
        if (running > 0)
            words +=
                $"\n{running} {(running == 1 ? "run" : "runs")} {(running == 1 ? "was" : "were")} running when the copy was made; the "
                + $"next start records {(running == 1 ? "it" : "them")} as lost and retries as the jobs allow.";
        return words;
    }

    // What was done since the copy was made is gone from the audit; that it was there is told. A database of an older
    // version is brought forward at the next start, and has no audit before.
    private static void Record(IDatabase database, string source, (RiskyOperation Operation, Confirmed How)? confirmed, CliContext context)
    {
        if (!database.IsCurrent)
            return;
        var file = database.AuditHead;
        var former = file.Read();
        using var restored = database.Connect();
        var (head, id) = restored.Write(queue =>
        {
            queue.Audit.Append(
                new AuditEntry(context.Now, CliActor.Here, AuditActions.DatabaseRestore)
                {
                    Subject = $"from {source}",
                    BeforeJson = former?.Json(),
                    AfterJson = confirmed is { } given ? Confirmations.Json(given.Operation, given.How) : null,
                }
            );
            return (queue.Audit.Head(), queue.Config.DatabaseId());
        });
        file.Set(head, id, context.Now);
    }

    private static void RefuseSource(IDatabase database, string source)
    {
        if (database.Owns(source))
            throw new CommandLineException($"{source} is the database itself. Name a copy of it.");
        if (!File.Exists(source))
            throw new CommandLineException($"there is no file {source}.");
        if (FileIdentity.IsSpecial(source))
            throw new CommandLineException($"{source} is not an ordinary file.");
    }

    private static void RefuseWhileInUse(IReadOnlyList<DeviceRecord>? devices, IDatabase database, bool force, DateTimeOffset now)
    {
        var state = StateFolder.Open(database);
        if (devices is null)
        {
            if (!force && state.AnyLockIsHeld())
                throw new StoreException(
                    $"{database.Name} is too damaged to tell whether a daemon uses it, and one runs in this folder. Stop it, or restore "
                        + $"anyway with --force."
                );
            return;
        }

        foreach (var device in devices.Where(device => device.Online && DeviceLease.Lives(device, state, now)))
        {
            var isHere = device.LockDomain == state.LockDomain;
            if (isHere)
                throw new StoreException(
                    $"a daemon is running on {database.Name} (device \"{device.Device}\", process {device.Pid}). Stop it first; nothing "
                        + $"was changed."
                );
            if (!force)
                throw new StoreException(
                    $"device \"{device.Device}\" on another machine had its last heartbeat {Words.Relative(device.Heartbeat, now)}, so it "
                        + $"may be using {database.Name}. Stop it and wait {DeviceSummary.LongestSilence.TotalSeconds:0} s, or "
                        + $"restore anyway "
                        + $"with --force."
                );
        }
    }
}
