using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>More ways of reporting that grounded was tuned on, among them what an earlier measurement had held out.</summary>
internal static class MoreStyles
{
    public static readonly Func<Random, (AnswerBuilder Answer, JsonNode Source)>[] All =
    [
        WeeklyMail,
        ProductRanking,
        OnCallHandover,
        SeverityTable,
        ColdChainReport,
        DunningLetter,
        SurveyJson,
        ReleaseNotes,
        GermanIncidents,
        SalesNested,
    ];

    private static string F(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static (AnswerBuilder, JsonNode) WeeklyMail(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var weeks = rows.GroupBy(row => row.Start)
            .Select(week => (Start: week.Key, Units: week.Sum(row => row.Units), Revenue: week.Sum(row => row.Revenue)))
            .ToList();
        var (previous, last) = (weeks[^2], weeks[^1]);
        var best = rows.Where(row => row.Start == last.Start).MaxBy(row => row.Revenue)!;
        answer
            .Line("Hi team,")
            .Line()
            .Text("last week (starting ")
            .Date(last.Start, "MMM d")
            .Text(") we shipped ")
            .Number(last.Units)
            .Text(" units overall, compared with ")
            .Number(previous.Units)
            .Text(" the week before: a change of ")
            .Number(Math.Abs(last.Units - previous.Units))
            .Text(" units. ");
        answer
            .Text("Revenue for the whole week came to EUR ")
            .Number(last.Revenue, 2)
            .Text(". Our strongest line was ")
            .Name(best.Product)
            .Text(" in ")
            .Name(best.Region)
            .Text(" with ")
            .Number(best.Units)
            .Line(" units.")
            .Line()
            .Line("Best regards");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) ProductRanking(Random random)
    {
        var (rows, json) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var products = rows.GroupBy(row => row.Product)
            .Select(group => (Name: group.Key, Units: group.Sum(row => row.Units), Revenue: group.Sum(row => row.Revenue)))
            .OrderByDescending(group => group.Revenue)
            .ToList();
        answer.Line("Product ranking by total revenue:").Line();
        foreach (var (index, product) in products.Index())
            answer
                .Text($"{index + 1}) ")
                .Name(product.Name)
                .Text(" – €")
                .Number(product.Revenue, 0)
                .Text(" from ")
                .Number(product.Units)
                .Text(" units (€")
                .Number(F(product.Revenue / product.Units, 2))
                .Line(" per unit)");
        if (products.Count > 1)
            answer
                .Line()
                .Name(products[0].Name)
                .Text(" earned ")
                .Number(F(products[0].Revenue / products[1].Revenue, 1))
                .Text(" times as much as ")
                .Name(products[1].Name)
                .Text(".");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) OnCallHandover(Random random)
    {
        var (rows, json) = Sources.Incidents(random);
        var answer = new AnswerBuilder(random);
        var last = rows[^1];
        var worst = rows.MaxBy(row => row.Minutes)!;
        answer
            .Text("Handover: the most recent incident is ")
            .Id(last.Id)
            .Text(" on `")
            .Text(last.Service)
            .Text("` (")
            .Date(DateOnly.FromDateTime(last.Started), "dd/MM/yyyy")
            .Text(", ")
            .Number(last.Started.ToString("h:mm tt", CultureInfo.InvariantCulture))
            .Text("). It was handled by ")
            .Name(last.Owner)
            .Text(". ");
        answer
            .Text("Worst outage so far: ")
            .Id(worst.Id)
            .Text(", which lasted ")
            .Number($"{(int)worst.Minutes / 60} h {(int)worst.Minutes % 60} min")
            .Text(". ")
            .Name(worst.Owner)
            .Text(" took care of that one.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SeverityTable(Random random)
    {
        var (rows, json) = Sources.Incidents(random);
        var answer = new AnswerBuilder(random);
        answer
            .Line("**Severity overview**")
            .Line()
            .Line("| Severity | Incidents | Total minutes | Mean minutes |")
            .Line("|:--|--:|--:|--:|");
        foreach (var group in rows.GroupBy(row => row.Severity))
            answer
                .Text($"| {group.Key} | {group.Count()} | ")
                .Number(group.Sum(row => row.Minutes))
                .Text(" | ")
                .Number(F(group.Average(row => row.Minutes), 1))
                .Line(" |");
        answer
            .Line()
            .Text("First incident: ")
            .Id(rows[0].Id)
            .Text(" on ")
            .Date(DateOnly.FromDateTime(rows[0].Started), "d.M.yyyy")
            .Text(", last one: ")
            .Id(rows[^1].Id)
            .Text(" on ")
            .Date(DateOnly.FromDateTime(rows[^1].Started), "d.M.yyyy")
            .Line(".");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) ColdChainReport(Random random)
    {
        var (rows, json) = Sources.Readings(random);
        var answer = new AnswerBuilder(random);
        answer.Line("# Cold chain report").Line();
        foreach (var group in rows.GroupBy(row => row.Sensor))
        {
            answer.Line($"## {group.Key}").Line();
            answer
                .Text("Minimum ")
                .Number(F(group.Min(row => row.Temperature), 1))
                .Text("°C, maximum ")
                .Number(F(group.Max(row => row.Temperature), 1))
                .Text("°C, a spread of ")
                .Number(F(group.Max(row => row.Temperature) - group.Min(row => row.Temperature), 1))
                .Text(" degrees. Mean humidity: ")
                .Number(F(group.Average(row => row.Humidity), 1))
                .Line("%.")
                .Line();
        }

        answer
            .Text($"All {rows.Count} readings were taken on ")
            .Date(DateOnly.FromDateTime(rows[0].Time), "d MMM yyyy")
            .Text(" at the ")
            .Name("Rotterdam")
            .Line(" site.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) DunningLetter(Random random)
    {
        var (invoice, json) = Sources.Invoices(random);
        var answer = new AnswerBuilder(random);
        var dearest = invoice.Lines.MaxBy(line => line.Amount)!;
        answer
            .Text("Our records show that ")
            .Name(invoice.Customer)
            .Text(" still owes ")
            .Number(AnswerBuilder.English(invoice.Total, 2))
            .Text(" EUR on invoice ")
            .Id(invoice.Number)
            .Text(". The invoice was dated ")
            .Date(invoice.Date, "M/d/yyyy")
            .Text(" and fell due on ")
            .Date(invoice.Due, "M/d/yyyy")
            .Text($" ({invoice.Due.DayNumber - invoice.Date.DayNumber} days later). ");
        answer
            .Text("The largest item, ")
            .Text(dearest.Item)
            .Text(", accounts for ")
            .Number(F(dearest.Amount / invoice.Net * 100, 1))
            .Text(" % of the net amount of ")
            .Number(invoice.Net, 2)
            .Text(" EUR; tax adds ")
            .Number(invoice.TaxAmount, 2)
            .Text(" EUR.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SurveyJson(Random random)
    {
        var (rows, channels, json) = Sources.Survey(random);
        var answer = new AnswerBuilder(random);
        var worst = rows.MinBy(row => row.Score)!;
        answer
            .Line("```json")
            .Text("{\"summary\": \"Across ")
            .Text($"{rows.Count} questions, the average score was ")
            .Number(F(rows.Average(row => row.Score), 1))
            .Text(". ")
            .Name(worst.Text)
            .Text(" scored lowest at ")
            .Number(F(worst.Score, 2))
            .Text(".\", \"email_share_percent\": ")
            .Number(F(channels["email"] * 100.0 / channels.Values.Sum(), 1))
            .Text(", \"responses_total\": ")
            .Number($"{channels.Values.Sum()}")
            .Text(", \"closed\": \"")
            .Date(new DateOnly(2026, 5, 29), "dd.MM.yyyy")
            .Line("\"}")
            .Text("```");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) ReleaseNotes(Random random)
    {
        var (rows, from, to, json) = Sources.Commits(random);
        var answer = new AnswerBuilder(random);
        var added = rows.Sum(row => row.Added);
        var deleted = rows.Sum(row => row.Deleted);
        answer.Text("Contributors this period: ");
        foreach (var (index, row) in rows.Index())
            answer.Text(index == 0 ? "" : ", ").Name(row.Name).Text(" (").Number(row.Commits).Text(")");
        answer
            .Text(". Net change: ")
            .Number((added > deleted ? "+" : "-") + AnswerBuilder.English(Math.Abs(added - deleted)))
            .Text(" lines, from ")
            .Number(AnswerBuilder.English(added))
            .Text(" additions less ")
            .Number(AnswerBuilder.English(deleted))
            .Text(" deletions. The period runs from ")
            .Date(from, "MMMM d")
            .Text(" through ")
            .Date(to, "MMMM d, yyyy")
            .Text(". On average each author made ")
            .Number(F(rows.Average(row => row.Commits), 1))
            .Text(" commits.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) GermanIncidents(Random random)
    {
        var (rows, json) = Sources.Incidents(random);
        var answer = new AnswerBuilder(random);
        var longest = rows.MaxBy(row => row.Minutes)!;
        string[] months =
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ];
        answer
            .Text($"Es gab {rows.Count} Vorfälle. Der längste war ")
            .Id(longest.Id)
            .Text(" vom ")
            .Number($"{longest.Started.Day}. {months[longest.Started.Month - 1]} {longest.Started.Year}")
            .Text(" mit ")
            .Number(longest.Minutes)
            .Text(" Minuten; zuständig war Frau oder Herr ")
            .Name(longest.Owner)
            .Text(". Die Summe aller Ausfälle liegt bei ")
            .Number(AnswerBuilder.German(rows.Sum(row => row.Minutes)))
            .Text(" Minuten, im Durchschnitt ")
            .Number(AnswerBuilder.German(rows.Average(row => row.Minutes), 1))
            .Text(" Minuten je Vorfall.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) SalesNested(Random random)
    {
        var (rows, _) = Sources.Sales(random);
        var answer = new AnswerBuilder(random);
        var json = new JsonObject(
            rows.GroupBy(row => row.Region)
                .Select(region =>
                    KeyValuePair.Create(
                        region.Key,
                        (JsonNode?)
                            new JsonObject
                            {
                                ["units"] = region.Sum(row => row.Units),
                                ["revenue"] = Math.Round(region.Sum(row => row.Revenue), 2),
                            }
                    )
                )
        );
        var regions = rows.GroupBy(row => row.Region)
            .Select(region => (Name: region.Key, Units: region.Sum(row => row.Units), Revenue: region.Sum(row => row.Revenue)))
            .OrderByDescending(region => region.Units)
            .ToList();
        answer
            .Name(regions[0].Name)
            .Text(" is ahead of ")
            .Name(regions[1].Name)
            .Text(" by ")
            .Number(regions[0].Units - regions[1].Units)
            .Text(" units (")
            .Number(regions[0].Units)
            .Text(" vs. ")
            .Number(regions[1].Units)
            .Text("), which is ")
            .Number(F((regions[0].Units - regions[1].Units) * 100.0 / regions[1].Units, 1))
            .Text(" % more. All regions together made ")
            .Number(F(regions.Sum(region => region.Revenue) / 1e6, 3))
            .Text(" million euros.");
        return (answer, json);
    }
}
