using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

internal sealed record Sale(string Week, DateOnly Start, string Region, string Product, int Units, double Revenue);

internal sealed record Incident(string Id, string Service, string Severity, DateTime Started, DateTime Resolved, string Owner)
{
    public double Minutes => (Resolved - Started).TotalMinutes;
}

internal sealed record Reading(string Sensor, DateTime Time, double Temperature, int Humidity);

internal sealed record InvoiceLine(string Item, int Quantity, double Price)
{
    public double Amount => Math.Round(Quantity * Price, 2);
}

internal sealed record Invoice(string Number, string Customer, DateOnly Date, DateOnly Due, List<InvoiceLine> Lines, int Tax)
{
    public double Net => Math.Round(Lines.Sum(line => line.Amount), 2);

    public double TaxAmount => Math.Round(Net * Tax / 100, 2);

    public double Total => Math.Round(Net + TaxAmount, 2);
}

internal sealed record Question(string Text, double Score, int Answers);

internal sealed record Author(string Name, int Commits, int Added, int Deleted);

/// <summary>Made data, each with the JSON in which a model is given it.</summary>
internal static class Sources
{
    private static readonly string[] People =
    [
        "Anna Schmidt",
        "Jon Becker",
        "Maria Lopez",
        "Chen Wei",
        "Sara Novak",
        "Omar Haddad",
        "Lena Fischer",
        "Paul Dubois",
    ];

    public static (List<Sale> Rows, JsonNode Json) Sales(Random random)
    {
        string[] regions = random.Next(2) == 0 ? ["North", "South", "West"] : ["Berlin", "Munich", "Cologne", "Leipzig"];
        string[] products = ["Falcon", "Heron", "Swift"];
        var start = new DateOnly(2026, 2, 2).AddDays(7 * random.Next(12));
        var rows = new List<Sale>();
        for (var week = 0; week < random.Next(3, 7); week++)
        {
            var day = start.AddDays(7 * week);
            var name = $"2026-W{ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)):00}";
            foreach (var region in regions)
            {
                foreach (var product in products.Take(random.Next(1, 3) + 1))
                {
                    var units = random.Next(40, 900);
                    rows.Add(
                        new Sale(
                            name,
                            day,
                            region,
                            product,
                            units,
                            Math.Round((units * random.Next(12, 60)) + (random.Next(100) / 100.0), 2)
                        )
                    );
                }
            }
        }

        var json = new JsonArray([
            .. rows.Select(row =>
                (JsonNode)
                    new JsonObject
                    {
                        ["week"] = row.Week,
                        ["start"] = Iso(row.Start),
                        ["region"] = row.Region,
                        ["product"] = row.Product,
                        ["units"] = row.Units,
                        ["revenue"] = row.Revenue,
                    }
            ),
        ]);
        return (rows, new JsonObject { ["currency"] = "EUR", ["sales"] = json });
    }

    public static (List<Incident> Rows, JsonNode Json) Incidents(Random random)
    {
        string[] services = ["checkout", "search", "billing-api", "auth-gateway", "mailer"];
        string[] severities = ["critical", "major", "minor"];
        var rows = new List<Incident>();
        var time = new DateTime(2026, 4, 1).AddHours(random.Next(600));
        var number = random.Next(1100, 8800);
        for (var index = 0; index < random.Next(5, 11); index++)
        {
            time = time.AddMinutes(random.Next(600, 6000));
            number += random.Next(1, 9);
            rows.Add(
                new Incident(
                    $"INC-{number}",
                    services[random.Next(5)],
                    severities[random.Next(3)],
                    time,
                    time.AddMinutes(random.Next(7, 290)),
                    People[random.Next(People.Length)]
                )
            );
        }

        var json = new JsonArray([
            .. rows.Select(row =>
                (JsonNode)
                    new JsonObject
                    {
                        ["id"] = row.Id,
                        ["service"] = row.Service,
                        ["severity"] = row.Severity,
                        ["started_at"] = Iso(row.Started),
                        ["resolved_at"] = Iso(row.Resolved),
                        ["owner"] = row.Owner,
                    }
            ),
        ]);
        return (rows, new JsonObject { ["incidents"] = json });
    }

    public static (List<Reading> Rows, JsonNode Json) Readings(Random random)
    {
        string[] sensors = ["cold-room-1", "cold-room-2", "dock-7"];
        var start = new DateTime(2026, 6, 1).AddDays(random.Next(60));
        var rows = new List<Reading>();
        for (var hour = 0; hour < random.Next(4, 9); hour++)
        {
            foreach (var sensor in sensors)
                rows.Add(new Reading(sensor, start.AddHours(3 * hour), Math.Round(2 + (random.NextDouble() * 6), 1), random.Next(40, 92)));
        }

        var csv =
            "sensor,time,temperature_c,humidity\n"
            + string.Join(
                '\n',
                rows.Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.Sensor},{row.Time:yyyy-MM-dd HH:mm},{row.Temperature:F1},{row.Humidity}%"
                    )
                )
            );
        return (rows, new JsonObject { ["site"] = "Rotterdam", ["log"] = csv });
    }

    public static (Invoice Invoice, JsonNode Json) Invoices(Random random)
    {
        string[] items = ["Consulting", "Hosting", "Support plan", "Training day", "License renewal"];
        string[] customers = ["Brightwater Ltd", "Acme Logistics", "Nordlicht GmbH"];
        var date = new DateOnly(2026, 1, 1).AddDays(random.Next(330));
        var lines = items
            .OrderBy(_ => random.Next())
            .Take(random.Next(2, 5))
            .Select(item => new InvoiceLine(item, random.Next(1, 30), random.Next(900, 30000) / 100.0))
            .ToList();
        var invoice = new Invoice(
            $"2026-{random.Next(1000, 9999)}",
            customers[random.Next(3)],
            date,
            date.AddDays(random.Next(2) == 0 ? 14 : 30),
            lines,
            random.Next(2) == 0 ? 19 : 7
        );
        var json = new JsonObject
        {
            ["invoice"] = invoice.Number,
            ["customer"] = invoice.Customer,
            ["date"] = Iso(invoice.Date),
            ["due"] = Iso(invoice.Due),
            ["lines"] = new JsonArray([
                .. lines.Select(line =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["item"] = line.Item,
                            ["quantity"] = line.Quantity,
                            ["unit_price"] = line.Price,
                            ["amount"] = line.Amount,
                        }
                ),
            ]),
            ["net"] = invoice.Net,
            ["tax_percent"] = invoice.Tax,
            ["tax"] = invoice.TaxAmount,
            ["total"] = invoice.Total,
        };
        return (invoice, json);
    }

    public static (List<Question> Rows, Dictionary<string, int> Channels, JsonNode Json) Survey(Random random)
    {
        string[] questions = ["Ease of use", "Support quality", "Value for money", "Delivery speed", "Documentation"];
        var rows = questions
            .Take(random.Next(3, 6))
            .Select(text => new Question(text, Math.Round(2.5 + (random.NextDouble() * 2.4), 2), random.Next(150, 420)))
            .ToList();
        var channels = new Dictionary<string, int>
        {
            ["email"] = random.Next(100, 900),
            ["phone"] = random.Next(20, 200),
            ["web"] = random.Next(200, 1500),
        };
        var json = new JsonObject
        {
            ["survey"] = "Customer pulse 2026",
            ["closed"] = "2026-05-29",
            ["questions"] = new JsonArray([
                .. rows.Select(row =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["question"] = row.Text,
                            ["mean_score"] = row.Score,
                            ["answers"] = row.Answers,
                        }
                ),
            ]),
            ["responses_by_channel"] = new JsonObject(
                channels.Select(channel => KeyValuePair.Create(channel.Key, (JsonNode?)channel.Value))
            ),
        };
        return (rows, channels, json);
    }

    public static (List<Author> Rows, DateOnly From, DateOnly To, JsonNode Json) Commits(Random random)
    {
        var from = new DateOnly(2026, random.Next(1, 10), 1);
        var to = from.AddMonths(1).AddDays(-1);
        var rows = People
            .OrderBy(_ => random.Next())
            .Take(random.Next(3, 7))
            .Select(name => new Author(name, random.Next(12, 240), random.Next(300, 15000), random.Next(100, 8000)))
            .ToList();
        var markdown =
            "| author | commits | additions | deletions |\n|---|---:|---:|---:|\n"
            + string.Join('\n', rows.Select(row => $"| {row.Name} | {row.Commits} | {row.Added} | {row.Deleted} |"));
        return (
            rows,
            from,
            to,
            new JsonObject
            {
                ["repository"] = "harbor-core",
                ["period"] = new JsonObject { ["from"] = Iso(from), ["to"] = Iso(to) },
                ["table"] = markdown,
            }
        );
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
