using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>Ways of reporting over other kinds of data. They were held out at first, and then tuned on.</summary>
internal static class OtherStyles
{
    public static readonly Func<Random, (AnswerBuilder Answer, JsonNode Source)>[] All =
    [
        TrafficDigest,
        TrafficJson,
        BudgetMemo,
        BudgetTable,
        TicketReview,
        TicketBullets,
        StockNote,
        StockTable,
        GermanBudget,
        TicketMail,
    ];

    private static string F(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static (AnswerBuilder, JsonNode) TrafficDigest(Random random)
    {
        var (rows, day, json) = OtherSources.Web(random);
        var answer = new AnswerBuilder(random);
        var busiest = rows.MaxBy(row => row.Visits)!;
        answer
            .Text("As of ")
            .Date(day, "MMMM d, yyyy")
            .Text(", the busiest page was ")
            .Text(busiest.Path)
            .Text(" with ")
            .Number((busiest.Visits / 1000.0).ToString("F1", CultureInfo.InvariantCulture) + "k")
            .Text(" visits. It converted at ")
            .Number(F(busiest.Signups * 100.0 / busiest.Visits, 2))
            .Text("% (")
            .Number(busiest.Signups)
            .Text(" signups). Altogether the site saw ")
            .Number(rows.Sum(row => row.Visits))
            .Text(" visits and ")
            .Number(rows.Sum(row => row.Signups))
            .Text(" signups, i.e. ")
            .Number(F(rows.Sum(row => row.Signups) * 1000.0 / rows.Sum(row => row.Visits) / 10, 2))
            .Text(" % of visits led to a signup.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) TrafficJson(Random random)
    {
        var (rows, day, json) = OtherSources.Web(random);
        var answer = new AnswerBuilder(random);
        answer
            .Text("{\"date\":\"")
            .Date(day, "d MMM yyyy")
            .Text("\",\"totals\":{\"visits\":")
            .Number($"{rows.Sum(row => row.Visits)}")
            .Text(",\"signups\":")
            .Number($"{rows.Sum(row => row.Signups)}")
            .Text("},\"pages\":[");
        foreach (var (index, row) in rows.Index())
            answer
                .Text(index == 0 ? "" : ",")
                .Text($"{{\"path\":\"{row.Path}\",\"visits\":")
                .Number($"{row.Visits}")
                .Text(",\"share_of_visits_pct\":")
                .Number(F(row.Visits * 100.0 / rows.Sum(other => other.Visits), 1))
                .Text("}");
        answer.Text("]}");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) BudgetMemo(Random random)
    {
        var (rows, json) = OtherSources.Budgets(random);
        var answer = new AnswerBuilder(random);
        var worst = rows.MaxBy(row => row.Actual - row.Budget)!;
        var difference = worst.Actual - worst.Budget;
        answer
            .Text("Memo on Q2 2026 spending. ")
            .Name(worst.Name)
            .Text($" {(difference > 0 ? "overspent" : "stayed under")} its budget of $")
            .Number(worst.Budget)
            .Text(" by $")
            .Number(Math.Abs(difference))
            .Text(" (")
            .Number(F(Math.Abs(difference) * 100.0 / worst.Budget, 1))
            .Text("%), reaching $")
            .Number(worst.Actual)
            .Text(". Across all departments, actual spending totaled $")
            .Number(F(rows.Sum(row => row.Actual) / 1e6, 2))
            .Text("M against a combined budget of $")
            .Number(F(rows.Sum(row => row.Budget) / 1e6, 2))
            .Text("M. Please contact the finance team with questions.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) BudgetTable(Random random)
    {
        var (rows, json) = OtherSources.Budgets(random);
        var answer = new AnswerBuilder(random);
        answer
            .Line("Budget vs. actual, Q2 2026:")
            .Line()
            .Line("Department | Budget | Actual | Variance | Used (%)")
            .Line("--- | ---: | ---: | ---: | ---:");
        foreach (var row in rows)
            answer
                .Name(row.Name)
                .Text(" | ")
                .Number(row.Budget)
                .Text(" | ")
                .Number(row.Actual)
                .Text(" | ")
                .Number((row.Actual > row.Budget ? "+" : "-") + AnswerBuilder.English(Math.Abs(row.Actual - row.Budget)))
                .Text(" | ")
                .Number(F(row.Actual * 100.0 / row.Budget, 0))
                .Line();
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) TicketReview(Random random)
    {
        var (rows, json) = OtherSources.Tickets(random);
        var answer = new AnswerBuilder(random);
        var slowest = rows.MaxBy(row => row.Hours)!;
        answer
            .Text("The slowest ticket, #")
            .Id($"{slowest.Number}")
            .Text(", sat in the ")
            .Name(slowest.Queue)
            .Text(" queue for ")
            .Number(slowest.Hours)
            .Text(" hours before ")
            .Name(slowest.Agent)
            .Text(" closed it; it had been opened on ")
            .Date(DateOnly.FromDateTime(slowest.Opened), "dddd, MMMM d")
            .Text(". The mean time to close was ")
            .Number(F(rows.Average(row => row.Hours), 1))
            .Text(" hours, and the average rating ")
            .Number(F(rows.Average(row => row.Rating), 2))
            .Text(" out of 5.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) TicketBullets(Random random)
    {
        var (rows, json) = OtherSources.Tickets(random);
        var answer = new AnswerBuilder(random);
        answer.Line("## Tickets per agent").Line();
        foreach (var group in rows.GroupBy(row => row.Agent))
            answer
                .Text("- ")
                .Name(group.Key)
                .Text($" – {group.Count()} ticket(s), ")
                .Number(group.Sum(row => row.Hours))
                .Text(" hours in total, ")
                .Number(F(group.Average(row => row.Hours), 1))
                .Line(" on average");
        answer
            .Line()
            .Text("Period: ")
            .Date(DateOnly.FromDateTime(rows[0].Opened), "yyyy-MM-dd")
            .Text(" to ")
            .Date(DateOnly.FromDateTime(rows[^1].Opened), "yyyy-MM-dd")
            .Line();
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) StockNote(Random random)
    {
        var (rows, json) = OtherSources.Stocks(random);
        var answer = new AnswerBuilder(random);
        var most = rows.MaxBy(row => row.OnHand)!;
        var site = rows.Where(row => row.Site == "Graz").ToList();
        answer
            .Text("The largest position is ")
            .Name(most.Item)
            .Text(" in ")
            .Name(most.Site)
            .Text(": ")
            .Number(most.OnHand)
            .Text(" pieces on hand, of which ")
            .Number(most.Reserved)
            .Text(" are reserved, which leaves ")
            .Number(most.OnHand - most.Reserved)
            .Text(" free. The warehouse in ")
            .Name("Graz")
            .Text(" holds ")
            .Number(site.Sum(row => row.OnHand))
            .Text(" pieces in total, ")
            .Number(F(site.Sum(row => row.OnHand) * 100.0 / rows.Sum(row => row.OnHand), 1))
            .Text(" percent of everything.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) StockTable(Random random)
    {
        var (rows, json) = OtherSources.Stocks(random);
        var answer = new AnswerBuilder(random);
        answer.Line("| Item | Graz | Turin | Total on hand |").Line("|---|---|---|---|");
        foreach (var group in rows.GroupBy(row => row.Item))
            answer
                .Text("| ")
                .Name(group.Key)
                .Text(" | ")
                .Number(group.First(row => row.Site == "Graz").OnHand)
                .Text(" | ")
                .Number(group.First(row => row.Site == "Turin").OnHand)
                .Text(" | ")
                .Number(group.Sum(row => row.OnHand))
                .Line(" |");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) GermanBudget(Random random)
    {
        var (rows, json) = OtherSources.Budgets(random);
        var answer = new AnswerBuilder(random);
        var first = rows[0];
        var total = rows.Sum(row => row.Actual);
        answer
            .Text("Im 2. Quartal gab die Abteilung ")
            .Name(first.Name)
            .Text(" ")
            .Number(AnswerBuilder.German(first.Actual))
            .Text(" $ aus; geplant waren ")
            .Number(AnswerBuilder.German(first.Budget))
            .Text(" $. Die Abweichung liegt bei ")
            .Number(AnswerBuilder.German(Math.Abs(first.Actual - first.Budget)))
            .Text(" $ oder ")
            .Number(AnswerBuilder.German(Math.Abs(first.Actual - first.Budget) * 100.0 / first.Budget, 1))
            .Text(" Prozent. Insgesamt wurden ")
            .Number(AnswerBuilder.German(total / 1e6, 2))
            .Text(" Mio. $ ausgegeben.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) TicketMail(Random random)
    {
        var (rows, json) = OtherSources.Tickets(random);
        var answer = new AnswerBuilder(random);
        var (first, last) = (rows[0], rows[^1]);
        answer
            .Line("Hello everyone,")
            .Line()
            .Text("the first ticket (#")
            .Id($"{first.Number}")
            .Text(") came in on ")
            .Date(DateOnly.FromDateTime(first.Opened), "d.M.yyyy")
            .Text(" at ")
            .Number(first.Opened.ToString("HH:mm", CultureInfo.InvariantCulture))
            .Text(" and was solved by ")
            .Name(first.Agent)
            .Text(" within ")
            .Number(first.Hours)
            .Text(" hours. ");
        answer
            .Name(last.Agent)
            .Text(" took the last one on ")
            .Date(DateOnly.FromDateTime(last.Opened), "d.M.yyyy")
            .Text("; its rating was ")
            .Number($"{last.Rating}")
            .Line(".")
            .Line()
            .Line("Thanks,")
            .Line("Support");
        return (answer, json);
    }
}
