using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Control;
using Aios.Control.Spending;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary><c>aios cost reconcile</c>: enters what calls cost by the provider's own account.</summary>
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
        Description = "What the call cost, in US dollars; 0 if the provider did not bill it",
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
            "Enter what calls cost by the provider's own account; budgets follow",
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
        AllowOnly(parsed, "--call", Attempt, Cost);
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
                json.WriteNumber("cost_before", was);
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
        AllowOnly(parsed, "--provider", File, All);
        var rows = Read(parsed.GetValue(File));
        var settings = Settings.OfHome(parsed);
        IReadOnlyList<BillMatch> matches;
        using (var reader = settings.Database.Read())
        {
            Check(provider, settings, reader?.Calls);
            matches = BillMatch.Match(rows, provider, parsed.GetValue(All), reader?.Calls);
        }

        var isDry = parsed.GetValue(DryRun);
        if (!isDry)
            Enter(matches, settings, context);
        if (parsed.GetValue(Json))
            Write("rows", matches, Write, isDry, context);
        else
            Show(matches, provider, isDry, context);
        return matches.Any(match => match.Verdict == BillVerdict.Ambiguous) ? ExitCode.Failed : ExitCode.Good;
    }

    private static void Check(string provider, Settings settings, ICallReader? calls)
    {
        var called = calls?.Totals(CallGroup.Provider, new RowFilter(), new CallFilter()).Select(total => total.Name) ?? [];
        var known = called.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        // A mistake in models.yaml is none of a provider that was called before.
        if (known.Contains(provider))
            return;
        known.UnionWith(ModelsValidateVerb.Load(settings).Providers.Keys);
        if (known.Contains(provider))
            return;
        var names = string.Join(", ", known.Order(StringComparer.Ordinal));
        throw new CommandLineException(
            $"--provider: found \"{provider}\", expected a provider of models.yaml or of the ledger: "
                + $"{(names.Length == 0 ? "there is none yet" : names)}.{NearestName.Hint(provider, known)}"
        );
    }

    private static void AllowOnly(ParseResult parsed, string form, params Symbol[] allowed)
    {
        (Symbol Symbol, string Name, bool IsGiven)[] all =
        [
            (File, $"the file {parsed.GetValue(File)}", parsed.GetValue(File) is not null),
            (Attempt, Attempt.Name, parsed.GetResult(Attempt) is { Implicit: false }),
            (Cost, Cost.Name, parsed.GetResult(Cost) is { Implicit: false }),
            (All, All.Name, parsed.GetResult(All) is { Implicit: false }),
        ];
        foreach (var (symbol, name, isGiven) in all)
        {
            if (!isGiven || allowed.Contains(symbol))
                continue;
            var others = allowed.Select(each => each == File ? "FILE" : each.Name);
            throw new CommandLineException(
                $"found {name}, expected nothing with {form} but {string.Join(", ", others.Append(DryRun.Name))} and {Json.Name}."
            );
        }
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
        var changes = matches.Where(match => match.Verdict == BillVerdict.Changed).ToList();
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
        foreach (var (row, verdict, call, detail) in matches)
            table.Add(
                Text(row.Line),
                row.Id,
                call is null ? null : Text(call.Call),
                call is null ? null : Text(call.Attempt),
                call is null ? null : CallsVerb.Money(call.Cost),
                CallsVerb.Money(Nanodollars.ToDollars(row.Amount)),
                detail is null ? Word(verdict) : $"{Word(verdict)}: {detail}"
            );
        table.Write(context, "the file has no rows.");
        if (matches.Count == 0)
            return;
        int Count(BillVerdict verdict) => matches.Count(match => match.Verdict == verdict);
        var changes = matches.Where(match => match.Verdict == BillVerdict.Changed).ToList();
        var difference = changes.Sum(match => Nanodollars.ToDollars(match.Row.Amount) - match.Call!.Cost);
        context.Out.WriteLine(
            $"{changes.Count} of {matches.Count} rows {(isDry ? "would change" : "changed")} a call of \"{provider}\" "
                + $"({(difference < 0 ? "" : "+")}{CallsVerb.Money(difference)} USD); {Count(BillVerdict.Unchanged)} unchanged, "
                + $"{Count(BillVerdict.Differs)} differ, {Count(BillVerdict.Unmatched)} unmatched, "
                + $"{Count(BillVerdict.Ambiguous)} ambiguous."
        );
    }

    private static void Write(Utf8JsonWriter json, BillMatch match)
    {
        json.WriteStartObject();
        json.WriteNumber("line", match.Row.Line);
        json.WriteString("id", match.Row.Id);
        json.WriteNumberOrNull("call", match.Call?.Call);
        json.WriteNumberOrNull("attempt", match.Call?.Attempt);
        json.WriteNumberOrNull("cost_before", (double?)match.Call?.Cost);
        json.WriteNumber("cost", Nanodollars.ToDollars(match.Row.Amount));
        json.WriteString("result", Word(match.Verdict));
        json.WriteString("detail", match.Detail);
        json.WriteEndObject();
    }

    private static int GiveBackLost(ParseResult parsed, CliContext context)
    {
        AllowOnly(parsed, "--lost");
        using var connection = Settings.OfHome(parsed).Database.Connect();
        var isDry = parsed.GetValue(DryRun);
        var lost = connection.Write(queue => isDry ? queue.Calls.LostAmounts() : queue.GiveBackLost(CliActor.Here, context.Now));
        if (parsed.GetValue(Json))
        {
            Write("lost", lost, CallReconciliation.WriteLost, isDry, context);
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("BUDGET"), Column.Text("FOR"), isDry ? "LOST USD" : "GIVEN BACK USD");
        foreach (var (budget, key, amount) in lost)
            table.Add(budget, key.Trim(), CallsVerb.Money(Nanodollars.ToDollars(amount)));
        table.Write(context, "nothing is lost. After a kill, start AIOS first: what the former daemon held is lost only then.");
        return ExitCode.Good;
    }

    private static void Write<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, bool isDry, CliContext context) =>
        JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("dry_run", isDry);
            json.WriteArray(name, items, write);
            json.WriteEndObject();
        });

    private static string Word(BillVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
