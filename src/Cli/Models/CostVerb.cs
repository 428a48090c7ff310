using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Models.Money;
using Aios.Store;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary><c>aios cost</c>: what calls to language models have cost.</summary>
internal static class CostVerb
{
    private static readonly Choice<CallGroup> By = new("--by", "By what the cost is added up (default: model)");
    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only calls at or after this: a span (30d), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<bool> Budgets = new("--budgets") { Description = "Show how much of each budget is used instead" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "cost",
            "Show what calls to language models have cost",
            ("aios cost --by job --since 30d", "Show the cost of each job in the last 30 days"),
            ("aios cost --budgets", "Show how much of each budget is used in its current period")
        )
        {
            By.Option,
            Since,
            Budgets,
            Json,
        };
        command.Subcommands.Add(CostReconcileVerb.Create(context));
        command.SetVerb(context, parsed => parsed.GetValue(Budgets) ? ShowBudgets(parsed, context) : Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var by = By.In(parsed) ?? CallGroup.Model;
        DateTimeOffset? since = parsed.GetValue(Since) is { } text ? PointInTime.ParsePast(text, context.Now, TimeZoneInfo.Local) : null;
        using var reader = Settings.OfHome(parsed).Database.Read();
        var totals = reader?.Calls.Totals(by, new RowFilter { Since = since }, new CallFilter()) ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, totals, (writer, total) => writer.WriteTotal(total)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            Column.Text(by.ToString().ToUpperInvariant()),
            "CALLS",
            "TOKENS IN",
            "TOKENS OUT",
            "USD",
            "OF IT UNKNOWN"
        );
        foreach (var total in totals)
            AddTo(table, total.Name.Length == 0 ? "(none)" : total.Name, total);
        if (totals.Count > 1)
            AddTo(table, "all", Sum(totals));
        table.Write(context, "no call has been made yet.");
        return ExitCode.Good;
    }

    private static void AddTo(TextTable table, string name, CallTotal total) =>
        table.Add(
            name,
            Text(total.Calls),
            Text(total.InputTokens),
            Text(total.OutputTokens),
            CallsVerb.Money(total.Cost),
            MoneyOrNothing(total.UnknownCost)
        );

    private static CallTotal Sum(IReadOnlyList<CallTotal> totals) =>
        new(
            "",
            totals.Sum(total => total.Calls),
            totals.Sum(total => total.InputTokens),
            totals.Sum(total => total.OutputTokens),
            totals.Sum(total => total.Cost),
            totals.Sum(total => total.UnknownCost)
        );

    private static int ShowBudgets(ParseResult parsed, CliContext context)
    {
        var settings = Settings.OfHome(parsed);
        using var reader = settings.Database.Read();
        var budgets = reader is null ? [] : BudgetStatus.Of(ModelsValidateVerb.Load(settings), reader.Calls, context.Now);
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, budgets, (writer, budget) => writer.WriteBudget(budget)));
            return ExitCode.Good;
        }

        var table = new TextTable(
            Column.Text("BUDGET"),
            Column.Text("FOR"),
            "USED",
            "LEFT",
            "LIMIT",
            Column.Spare("APPROVED"),
            Column.Spare("SPENT"),
            Column.Spare("UNKNOWN"),
            Column.Spare("HELD"),
            Column.Spare("LOST")
        );
        foreach (var (budget, keys) in budgets)
        {
            foreach (var key in keys)
                table.Add(
                    budget.Name,
                    key.Words,
                    CallsVerb.Money(key.Used),
                    CallsVerb.Money(key.Left),
                    CallsVerb.Money(budget.Limit!.Value),
                    MoneyOrNothing(key.Allowed),
                    CallsVerb.Money(key.Spent),
                    MoneyOrNothing(key.Unknown),
                    MoneyOrNothing(key.Held),
                    MoneyOrNothing(key.Lost)
                );
        }

        table.Write(context, "no budget has been used in its current period.");
        return ExitCode.Good;
    }

    private static string? MoneyOrNothing(decimal dollars) => dollars == 0 ? null : CallsVerb.Money(dollars);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
