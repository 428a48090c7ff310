using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>The ways of reporting that grounded was tuned on.</summary>
internal static class Styles
{
    public static readonly Func<Random, (AnswerBuilder Answer, JsonNode Source)>[] All =
    [
        SalesProse,
        SalesTable,
        SalesJson,
        SalesGerman,
        IncidentList,
        IncidentSummary,
        SensorNote,
        InvoiceLetter,
        SurveyBullets,
        CommitTable,
        SalesRounded,
        CommitProse,
    ];

    private static (AnswerBuilder, JsonNode) SalesProse(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var byRegion = rows.GroupBy(row => row.Region)
            .Select(group => (Region: group.Key, Revenue: group.Sum(row => row.Revenue), Units: group.Sum(row => row.Units)))
            .OrderByDescending(group => group.Revenue)
            .ToList();
        var total = rows.Sum(row => row.Revenue);
        var last = rows.Max(row => row.Start);
        answer
            .Text("Between ")
            .Date(rows[0].Start, "d MMMM yyyy")
            .Text(" and the week of ")
            .Date(last, "d MMMM yyyy")
            .Text(", total revenue was €")
            .Number(total, 2)
            .Text(". ");
        answer
            .Name(byRegion[0].Region)
            .Text(" led with €")
            .Number(byRegion[0].Revenue)
            .Text(", or ")
            .Percent(byRegion[0].Revenue / total * 100)
            .Text(" of the total. ");
        answer.Text("By contrast, ").Name(byRegion[^1].Region).Text(" sold ").Number(byRegion[^1].Units).Text(" units in total.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SalesTable(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        answer.Line("## Revenue by region").Line().Line("| Region | Units | Revenue (EUR) | Share |").Line("|---|---:|---:|---:|");
        foreach (var group in rows.GroupBy(row => row.Region))
            answer
                .Text("| ")
                .Name(group.Key)
                .Text(" | ")
                .Number(group.Sum(row => row.Units))
                .Text(" | ")
                .Number(group.Sum(row => row.Revenue), 2)
                .Text(" | ")
                .Percent(group.Sum(row => row.Revenue) / rows.Sum(row => row.Revenue) * 100)
                .Line(" |");
        answer
            .Text("| **Total** | ")
            .Number(rows.Sum(row => row.Units))
            .Text(" | ")
            .Number(rows.Sum(row => row.Revenue), 2)
            .Line(" | 100 % |");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SalesJson(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var best = rows.MaxBy(row => row.Revenue)!;
        string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        answer
            .Text("{\"total_revenue\": ")
            .Number(Plain(rows.Sum(row => row.Revenue)))
            .Text(", \"total_units\": ")
            .Number(Plain(rows.Sum(row => row.Units)));
        answer
            .Text(", \"best\": {\"region\": \"")
            .Name(best.Region)
            .Text("\", \"product\": \"")
            .Name(best.Product)
            .Text("\", \"week_start\": \"")
            .Date(best.Start, "yyyy-MM-dd")
            .Text("\", \"revenue\": ")
            .Number(Plain(best.Revenue))
            .Text("}, \"average_units\": ")
            .Number(Plain(Math.Round(rows.Average(row => row.Units), 2)))
            .Text("}");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SalesGerman(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var best = rows.MaxBy(row => row.Revenue)!;
        var total = rows.Sum(row => row.Revenue);
        answer
            .Text("Der Gesamtumsatz beträgt ")
            .Number(AnswerBuilder.German(total, 2))
            .Text(" €. Die stärkste Woche begann am ")
            .Date(best.Start, "dd.MM.yyyy")
            .Text(": In der Region ")
            .Name(best.Region)
            .Text(" wurden mit dem Produkt ")
            .Name(best.Product)
            .Text(" ")
            .Number(AnswerBuilder.German(best.Revenue, 2))
            .Text(" € umgesetzt, das sind ")
            .Number(AnswerBuilder.German(best.Revenue / total * 100, 1))
            .Text(" % der Summe.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) IncidentList(Random random)
    {
        var (rows, json) = Sources.Incidents(random);
        var answer = new AnswerBuilder(random);
        answer.Line("# Incidents").Line();
        foreach (var row in rows.Take(4))
            answer
                .Text("- **")
                .Id(row.Id)
                .Text("** (")
                .Text(row.Severity)
                .Text("): ")
                .Text(row.Service)
                .Text(" failed on ")
                .Date(DateOnly.FromDateTime(row.Started), "MMM d, yyyy")
                .Text(" at ")
                .Number(row.Started.ToString("HH:mm", CultureInfo.InvariantCulture))
                .Text("; ")
                .Name(row.Owner)
                .Text(" restored it after ")
                .Number(row.Minutes)
                .Line(" minutes.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) IncidentSummary(Random random)
    {
        var (rows, json) = Sources.Incidents(random);
        var answer = new AnswerBuilder(random);
        var longest = rows.MaxBy(row => row.Minutes)!;
        answer
            .Text($"There were {rows.Count} incidents. On average it took ")
            .Number(rows.Average(row => row.Minutes), 1)
            .Text(" minutes to resolve one; total downtime was ")
            .Number(rows.Sum(row => row.Minutes) / 60, 1)
            .Text(" hours. The longest was ")
            .Id(longest.Id)
            .Text(", owned by ")
            .Name(longest.Owner)
            .Text(", which started on ")
            .Date(DateOnly.FromDateTime(longest.Started), "dddd, d MMMM")
            .Text(" and took ")
            .Number(longest.Minutes)
            .Text(" min.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SensorNote(Random random)
    {
        var (rows, json) = Sources.Readings(random);
        var answer = new AnswerBuilder(random);
        var top = rows.MaxBy(row => row.Temperature)!;
        var mine = rows.Where(row => row.Sensor == "dock-7").ToList();
        answer
            .Text("In ")
            .Name("Rotterdam")
            .Text(", the highest temperature was ")
            .Number(top.Temperature, 1)
            .Text(" °C, measured by ")
            .Text(top.Sensor)
            .Text(" at ")
            .Number(top.Time.ToString("HH:mm", CultureInfo.InvariantCulture))
            .Text(" on ")
            .Date(DateOnly.FromDateTime(top.Time), "yyyy-MM-dd")
            .Text(". Sensor dock-7 averaged ")
            .Number(mine.Average(row => row.Temperature), 2)
            .Text(" °C, and its humidity ranged from ")
            .Number(mine.Min(row => row.Humidity))
            .Text(" to ")
            .Number(mine.Max(row => row.Humidity))
            .Text(" %.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) InvoiceLetter(Random random)
    {
        var (invoice, json) = Sources.Invoices(random);
        var answer = new AnswerBuilder(random);
        answer
            .Line("Dear customer,")
            .Line()
            .Text("invoice ")
            .Id(invoice.Number)
            .Text(" for ")
            .Name(invoice.Customer)
            .Text(", issued on ")
            .Date(invoice.Date, "MMMM d, yyyy")
            .Text(", lists the following:")
            .Line();
        foreach (var (index, line) in invoice.Lines.Index())
            answer
                .Text($"{index + 1}. ")
                .Text(line.Item)
                .Text(": ")
                .Number(line.Quantity)
                .Text(" × $")
                .Number(line.Price, 2)
                .Text(" = $")
                .Number(line.Amount, 2)
                .Line();
        answer
            .Line()
            .Text("The net total is $")
            .Number(invoice.Net, 2)
            .Text(" plus ")
            .Number(invoice.Tax)
            .Text(" % tax ($")
            .Number(invoice.TaxAmount, 2)
            .Text("), so $")
            .Number(invoice.Total, 2)
            .Text(" is due by ")
            .Date(invoice.Due, "dd MMM yyyy")
            .Text(".");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SurveyBullets(Random random)
    {
        var (rows, channels, json) = Sources.Survey(random);
        var answer = new AnswerBuilder(random);
        var total = channels.Values.Sum();
        var best = rows.MaxBy(row => row.Score)!;
        answer
            .Line("**Key findings**")
            .Line()
            .Text("* ")
            .Number(total)
            .Line(" responses in total across three channels.")
            .Text("* ")
            .Percent(channels["web"] * 100.0 / total, 0)
            .Line(" of them came from the web.")
            .Text("* Best rated: ")
            .Name(best.Text)
            .Text(" (")
            .Number(best.Score, 1)
            .Line(" out of 5).");
        answer
            .Text("* Mean over all questions: ")
            .Number(rows.Average(row => row.Score), 2)
            .Line(".")
            .Text("* The survey closed on ")
            .Date(new DateOnly(2026, 5, 29), "MMMM d")
            .Line(".");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) CommitTable(Random random)
    {
        var (rows, from, _, json) = Sources.Commits(random);
        var answer = new AnswerBuilder(random);
        answer
            .Text("### Contributions in ")
            .Date(from, "MMMM yyyy")
            .Line()
            .Line()
            .Line("| # | Author | Commits | Lines changed | % of commits |")
            .Line("|--|--|--|--|--|");
        foreach (var (index, row) in rows.OrderByDescending(row => row.Commits).Index())
            answer
                .Text($"| {index + 1} | ")
                .Name(row.Name)
                .Text(" | ")
                .Number(row.Commits)
                .Text(" | +")
                .Number(row.Added)
                .Text(" / −")
                .Number(row.Deleted)
                .Text(" | ")
                .Number(row.Commits * 100.0 / rows.Sum(other => other.Commits), 1)
                .Line(" |");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SalesRounded(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var weeks = rows.GroupBy(row => row.Week).Select(week => (Week: week.Key, Revenue: week.Sum(row => row.Revenue))).ToList();
        var (first, last) = (weeks[0], weeks[^1]);
        var change = (last.Revenue - first.Revenue) / first.Revenue * 100;
        answer
            .Text("Revenue in total went from about ")
            .Number((first.Revenue / 1000).ToString("F1", CultureInfo.InvariantCulture))
            .Text($"k in week {first.Week[6..].TrimStart('0')} to roughly ")
            .Number((last.Revenue / 1000).ToString("F1", CultureInfo.InvariantCulture))
            .Text($"k in week {last.Week[6..].TrimStart('0')}, {(change < 0 ? "down" : "up")} ")
            .Percent(Math.Abs(change))
            .Text(". The average order row brought in €")
            .Number(rows.Average(row => row.Revenue), 0)
            .Text(".");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) CommitProse(Random random)
    {
        var (rows, from, to, json) = Sources.Commits(random);
        var answer = new AnswerBuilder(random);
        var top = rows.OrderByDescending(row => row.Commits).ToList();
        answer
            .Text("From ")
            .Date(from, "d MMM")
            .Text(" to ")
            .Date(to, "d MMM yyyy")
            .Text(", `harbor-core` received ")
            .Number(rows.Sum(row => row.Commits))
            .Text(" commits in total. ")
            .Name(top[0].Name)
            .Text(" made ")
            .Number(top[0].Commits)
            .Text(" of them, ")
            .Number(top[0].Commits - top[1].Commits)
            .Text(" more than ")
            .Name(top[1].Name)
            .Text(". Overall, ")
            .Number(rows.Sum(row => row.Added))
            .Text(" lines were added and ")
            .Number(rows.Sum(row => row.Deleted))
            .Text(" deleted.");
        return (answer, json);
    }
}
