using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Control;
using Aios.Control.Spending;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary><c>aios cost reconcile</c>: enters what calls did cost by the provider's own account.</summary>
internal static class CostReconcileVerb
{
    // A transaction stays short whatever the length of a bill.
    private const int RowsAtOnce = 200;

    private static readonly Argument<string?> File = new("file")
    {
        Description = $"The provider's export: {BillFile.Expected}",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<int?> Call = WholeNumber.Option("--call", "Enter the cost of this call");
    private static readonly Option<int?> Attempt = WholeNumber.Option(
        "--attempt",
        "Which attempt of the call (default: the only one that was sent, or whose answer was lost)"
    );
    private static readonly Option<string?> Cost = new("--cost")
    {
        Description = "What the call did cost, in US dollars; 0 if the provider did not bill it",
        HelpName = "USD",
    };
    private static readonly Option<string?> Provider = new("--provider")
    {
        Description = "The provider, as models.yaml names it, whose export FILE is",
        HelpName = "NAME",
    };
    private static readonly Option<bool> All = new("--all")
    {
        Description = "With FILE: also change calls that were answered with their usage",
    };
    private static readonly Option<bool> Lost = new("--lost")
    {
        Description = "Give back to the budgets what daemons held that were killed",
    };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would change, and change nothing" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "reconcile",
            "Enter what calls did cost by the provider's own account; budgets follow",
            ("aios cost reconcile --call 12 --cost 0.0123", "Enter the cost of call 12, whose answer was lost"),
            ("aios cost reconcile --provider openai usage.csv --dry-run", "Compare the provider's export with the ledger"),
            ("aios cost reconcile --lost", "Give back what was held when AIOS was killed")
        )
        {
            File,
            Call,
            Attempt,
            Cost,
            Provider,
            All,
            Lost,
            DryRun,
            Json,
        };
        command.SetVerb(context, parsed => (parsed.GetValue(Call), parsed.GetValue(Provider), parsed.GetValue(Lost)) switch
            {
                ({ } call, null, false) => EnterOne(call, parsed, context),
                (null, { } provider, false) => EnterFile(provider, parsed, context),
                (null, null, true) => GiveBackLost(parsed, context),
                _ => throw new CommandLineException("expected one of --call N --cost USD, --provider NAME FILE, and --lost."),
            });
        return command;
    }

    private static int EnterOne(int id, ParseResult parsed, CliContext context)
    {
        if (parsed.GetValue(File) is { } file)
            throw new CommandLineException($"found the file {file}, which is for --provider NAME. With --call, give --cost USD.");
        var cost = CostOf(parsed.GetValue(Cost));
        using var connection = Settings.OfHome(parsed).Database.Connect();
        var isDry = parsed.GetValue(DryRun);
        var (refusal, before, amount) = connection.Write(queue =>
            queue.ReconcileCall(id, parsed.GetValue(Attempt), cost, CliActor.Here, context.Now, isDry)
        );
        Refusals.ThrowIf(refusal);
        var (was, now) = (before!.Cost, Nanodollars.ToDollars(amount));
        var verb = isDry ? "would cost" : "cost";
        JsonOutput.Tell(
            context,
            parsed.GetValue(Json),
            $"Call {before.Call}, attempt {before.Attempt}, {verb} {CallsVerb.Money(now)} USD; it counted with {CallsVerb.Money(was)} USD.",
            json =>
            {
                json.WriteNumber("call", before.Call);
                json.WriteNumber("attempt", before.Attempt);
                json.WriteNumber("former_cost", was);
                json.WriteNumber("cost", now);
                json.WriteBoolean("dry_run", isDry);
            }
        );
        return ExitCode.Good;
    }

    private static decimal CostOf(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : throw new CommandLineException(
                $"--cost: found {(text is null ? "nothing" : $"\"{text}\"")}, expected US dollars such as 0.0123."
            );

    private static int EnterFile(string provider, ParseResult parsed, CliContext context)
    {
        if (parsed.GetValue(Cost) is not null || parsed.GetValue(Attempt) is not null)
            throw new CommandLineException("--cost and --attempt are for --call N; with --provider, the file has the costs.");
        var rows = Read(parsed.GetValue(File));
        var settings = Settings.OfHome(parsed);
        IReadOnlyList<BillMatch> matches;
        using (var reader = settings.Database.Read())
            matches = reader is null ? [] : BillMatch.Of(rows, provider, parsed.GetValue(All), reader.Calls);
        if (!parsed.GetValue(DryRun))
            Enter(matches, settings, context);
        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => json.WriteArray(null, matches, Write));
        else
            Show(matches, provider, parsed.GetValue(DryRun), context);
        return matches.Any(match => match.Verdict == BillVerdict.Ambiguous) ? ExitCode.Failed : ExitCode.Good;
    }

    private static IReadOnlyList<BillRow> Read(string? path)
    {
        if (path is null)
            throw new CommandLineException($"found no FILE, expected {BillFile.Expected}.");
        try
        {
            return BillFile.Read(System.IO.File.ReadAllText(path));
        }
        catch (BillFileException error)
        {
            throw new CommandLineException($"{path}: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException($"{path} cannot be read: {error.Message}");
        }
    }

    private static void Enter(IReadOnlyList<BillMatch> matches, Settings settings, CliContext context)
    {
        var changes = matches.Where(match => match.Verdict == BillVerdict.Changes).ToList();
        if (changes.Count == 0)
            return;
        using var connection = settings.Database.Connect();
        foreach (var some in changes.Chunk(RowsAtOnce))
            connection.Write(queue =>
            {
                foreach (var (row, _, call, _) in some)
                {
                    var cost = Nanodollars.ToDollars(row.Amount);
                    Refusals.ThrowIf(queue.ReconcileCall(call!.Id, call.Attempt, cost, CliActor.Here, context.Now).Refused);
                }

                return true;
            });
    }

    private static void Show(IReadOnlyList<BillMatch> matches, string provider, bool isDry, CliContext context)
    {
        var table = new TextTable("LINE", Column.Text("ID"), "CALL", "ATTEMPT", "LEDGER USD", "FILE USD", Column.Text("RESULT"));
        foreach (var (row, verdict, call, words) in matches)
            table.Add(
                Text(row.Line),
                row.Id,
                call is null ? null : Text(call.Call),
                call is null ? null : Text(call.Attempt),
                call is null ? null : CallsVerb.Money(call.Cost),
                CallsVerb.Money(Nanodollars.ToDollars(row.Amount)),
                verdict == BillVerdict.Changes && !isDry ? "changed" : words
            );
        table.Write(context, "the file has no rows.");
        if (matches.Count == 0)
            return;
        int Count(BillVerdict verdict) => matches.Count(match => match.Verdict == verdict);
        var changes = matches.Where(match => match.Verdict == BillVerdict.Changes).ToList();
        var difference = changes.Sum(match => Nanodollars.ToDollars(match.Row.Amount) - match.Call!.Cost);
        context.Out.WriteLine(
            $"{changes.Count} of {matches.Count} rows {(isDry ? "would change" : "changed")} a call of \"{provider}\" "
                + $"({(difference < 0 ? "" : "+")}{CallsVerb.Money(difference)} USD); {Count(BillVerdict.Same)} agree, "
                + $"{Count(BillVerdict.Answered)} differ and stay, {Count(BillVerdict.Unmatched)} match no call, "
                + $"{Count(BillVerdict.Ambiguous)} are ambiguous."
        );
    }

    private static void Write(Utf8JsonWriter json, BillMatch match)
    {
        json.WriteStartObject();
        json.WriteNumber("line", match.Row.Line);
        json.WriteString("id", match.Row.Id);
        json.WriteNumberOrNull("call", match.Call?.Call);
        json.WriteNumberOrNull("attempt", match.Call?.Attempt);
        json.WriteNumberOrNull("former_cost", (double?)match.Call?.Cost);
        json.WriteNumber("cost", Nanodollars.ToDollars(match.Row.Amount));
        json.WriteString("result", match.Verdict.ToString().ToLowerInvariant());
        json.WriteString("detail", match.Words);
        json.WriteEndObject();
    }

    private static int GiveBackLost(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var connection = settings.Database.Connect();
        var isDry = parsed.GetValue(DryRun);
        var lost = connection.Write(queue => isDry ? queue.Calls.LostAmounts() : queue.GiveBackLost(CliActor.Here, context.Now));
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteLost(lost));
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("BUDGET"), Column.Text("FOR"), isDry ? "LOST USD" : "GIVEN BACK USD");
        foreach (var (budget, key, amount) in lost)
            table.Add(budget, key.Trim(), CallsVerb.Money(Nanodollars.ToDollars(amount)));
        table.Write(context, "nothing is lost. After a kill, start AIOS first: what the former daemon held is lost only then.");
        return ExitCode.Good;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
