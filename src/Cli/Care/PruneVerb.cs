using System.CommandLine;
using Aios.Cli.Confirm;
using Aios.Cli.Flows;
using Aios.Control.Confirm;
using Aios.Control.Flows;
using Aios.Daemon.History;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Pruning;

namespace Aios.Cli;

/// <summary><c>aios prune</c>: deletes history now, by limits of its own.</summary>
internal static class PruneVerb
{
    private const int MostDays = 36_500;

    private static readonly Option<int?> Days = WholeNumber.Option("--keep-days", "Keep what is younger than so many days");
    private static readonly Option<int?> Runs = WholeNumber.Option("--keep-runs", "Keep so many of the newest runs of each job");
    private static readonly Option<int?> Lines = WholeNumber.Option("--keep-log-lines", "Keep so many of the newest log lines");
    private static readonly Option<bool> Json = SharedOptions.Json();
    private static readonly ConfirmOptions Confirm = new();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "prune",
            "Delete history now: what exceeds any of the given limits (the daemon does so by its settings, all the time)",
            ("aios prune --keep-days 7", "Delete what is older than a week, after you have typed the name of the database"),
            ("aios prune --keep-runs 100 --keep-log-lines 10000 --yes", "Without being asked, in a script")
        )
        {
            Days,
            Runs,
            Lines,
            Json,
        };
        Confirm.AddTo(command);
        command.SetVerb(context, parsed => Prune(parsed, context));
        return command;
    }

    private static int Prune(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        var kept = Kept(parsed);
        if (!settings.Database.Exists)
            throw new StoreException($"there is no database {settings.Database.Name}, so there is no history.");
        var confirmed = new Confirmer(parsed, Confirm, settings, context).Ask(
            RiskyKinds.DeleteHistory,
            () => RiskyOperation.DeleteHistory(settings.Database.Name, kept),
            $"aios prune {string.Join(' ', kept.Select(one => $"--{one.Name.Replace('_', '-')} {one.Value}"))}"
        );
        using var connection = settings.Database.Connect();
        var (triggers, runs, lines) = (0L, 0L, 0L);
        var limits = Limits(kept, settings);
        var hasBegun = false;
        for (RetentionRound? next = RetentionRound.Begin(limits, context.Now); next is { } round; )
        {
            try
            {
                var (refusal, result) = connection.Write<(Refusal?, PruneResult?)>(queue =>
                    !hasBegun && Begin(queue, kept, confirmed, context) is { } refused
                        ? (refused, null)
                        : (null, queue.History.Prune(round.Cutoffs, round.Place, context.Clock))
                );
                Refusals.ThrowIf(refusal);
                hasBegun = true;
                (triggers, runs, lines) = (triggers + result!.Triggers, runs + result.Runs, lines + result.Lines);
                next = round.After(result, null, limits, context.Now);
            }
            catch (PruneRefusedException error)
            {
                next = round.Without(error.Refusal);
            }
        }

        JsonOutput.Tell(context, parsed.GetValue(Json), $"Deleted {triggers} triggers, {runs} runs and {lines} log lines.", json =>
        {
            json.WriteNumber("triggers", triggers);
            json.WriteNumber("runs", runs);
            json.WriteNumber("log_lines", lines);
        });
        return ExitCode.Good;
    }

    private static Refusal? Begin(
        IStoreTransaction queue,
        IReadOnlyList<(string Name, long Value)> kept,
        (RiskyOperation Operation, Confirmed How)? confirmed,
        CliContext context
    )
    {
        if (queue.UseConfirmation(confirmed, CliActor.Here, context.Now) is { } refusal)
            return refusal;
        queue.Audit.Append(
            new AuditEntry(context.Now, CliActor.Here, AuditActions.HistoryDelete)
            {
                AfterJson = JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    foreach (var (name, value) in kept)
                        json.WriteNumber(name, value);
                    json.WriteEndObject();
                }),
            }
        );
        return null;
    }

    private static List<(string Name, long Value)> Kept(ParseResult parsed)
    {
        var kept = new List<(string, long)>();
        foreach (var option in (Option<int?>[])[Days, Runs, Lines])
        {
            if (parsed.GetValue(option) is not { } value)
                continue;
            var most = option == Days ? MostDays : int.MaxValue;
            if (value < 1 || value > most)
                throw new CommandLineException($"{option.Name}: found {value}, expected a number from 1 to {most}.");
            kept.Add((option.Name.TrimStart('-').Replace('-', '_'), value));
        }

        return kept.Count > 0
            ? kept
            : throw new CommandLineException("what is kept is missing: --keep-days N, --keep-runs N or --keep-log-lines N.");
    }

    // A trigger with a dedup key that goes too early would run twice, so what the home says of that holds here, too.
    private static RetentionLimits Limits(IReadOnlyList<(string Name, long Value)> kept, Settings settings)
    {
        var limits = new RetentionLimits
        {
            Age = null,
            Rows = null,
            LogLines = null,
            Bytes = null,
            Keys = settings.KeysAreKept,
        };
        foreach (var (name, value) in kept)
            limits = name switch
            {
                "keep_days" => limits with { Age = TimeSpan.FromDays(value) },
                "keep_runs" => limits with { Rows = value },
                _ => limits with { LogLines = value },
            };
        return limits;
    }
}
