using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Control;
using Aios.Models.Configuration;
using Aios.Store.Models;

namespace Aios.Cli.Models;

/// <summary><c>aios cost</c>: what calls to language models have cost.</summary>
internal static class CostVerb
{
    private const int MostBudgets = 100;

    private static readonly Choice<CallGroup> By = new("--by", "By what the cost is added up (default: model)");
    private static readonly Option<string?> Since = new("--since")
    {
        Description =
            "Only calls at or after this: a span (30d), a time (18:30), an instant (2026-12-24T18:30, Z or +01:00) or Unix seconds",
        HelpName = "WHEN",
    };
    private static readonly Option<bool> Budgets = new("--budgets") { Description = "Show what budgets have given out instead" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "cost",
            "Show what calls to language models have cost",
            ("aios cost --by job --since 30d", "Show the cost of each job in the last 30 days"),
            ("aios cost --budgets", "Show how much of each budget is used")
        )
        {
            By.Option,
            Since,
            Budgets,
            Json,
        };
        command.SetVerb(context, parsed => parsed.GetValue(Budgets) ? ShowBudgets(parsed, context) : Show(parsed, context));
        return command;
    }

    private static int Show(ParseResult parsed, CliContext context)
    {
        var by = By.In(parsed) ?? CallGroup.Model;
        DateTimeOffset? since = parsed.GetValue(Since) is { } text ? PointInTime.ParsePast(text, context.Now, TimeZoneInfo.Local) : null;
        using var reader = Settings.OfHome(parsed).Database.Read();
        var totals = reader?.Calls.Totals(by, since, null) ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json => json.WriteArray(null, totals, WriteTotal));
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
            total.UnknownCost == 0 ? null : CallsVerb.Money(total.UnknownCost)
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
        var budgets = ModelsValidateVerb.Load(settings).Budgets;
        using var reader = settings.Database.Read();
        var uses = reader?.Calls.BudgetUses(MostBudgets) ?? [];
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json =>
                json.WriteArray(null, uses, (writer, use) => WriteUse(writer, use, budgets.GetValueOrDefault(use.Budget)))
            );
            return ExitCode.Good;
        }

        var table = new TextTable(Column.Text("BUDGET"), Column.Text("FOR"), "USED", "LIMIT", Column.Spare("APPROVED"));
        foreach (var use in uses)
        {
            var limit = budgets.GetValueOrDefault(use.Budget)?.Limit;
            table.Add(
                use.Budget,
                use.Key.Trim(),
                CallsVerb.Money(use.Amount),
                limit is { } most ? CallsVerb.Money(most) : null,
                use.Allowed > 0 ? CallsVerb.Money(use.Allowed) : null
            );
        }

        table.Write(context, "no budget has been used yet.");
        return ExitCode.Good;
    }

    private static void WriteTotal(Utf8JsonWriter json, CallTotal total)
    {
        json.WriteStartObject();
        json.WriteString("name", total.Name);
        json.WriteNumber("calls", total.Calls);
        json.WriteNumber("input_tokens", total.InputTokens);
        json.WriteNumber("output_tokens", total.OutputTokens);
        json.WriteNumber("cost", total.Cost);
        json.WriteNumber("unknown_cost", total.UnknownCost);
        json.WriteEndObject();
    }

    private static void WriteUse(Utf8JsonWriter json, BudgetUse use, Budget? budget)
    {
        json.WriteStartObject();
        json.WriteString("budget", use.Budget);
        json.WriteString("for", use.Key.Trim());
        json.WriteNumber("used", use.Amount);
        json.WritePropertyName("limit");
        if (budget?.Limit is { } limit)
            json.WriteNumberValue(limit);
        else
            json.WriteNullValue();
        json.WriteNumber("approved", use.Allowed);
        json.WriteEndObject();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
