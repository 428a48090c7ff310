using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

internal sealed record Page(string Path, int Visits, int Signups, double Seconds);

internal sealed record Department(string Name, int Budget, int Actual);

internal sealed record Ticket(int Number, string Agent, string Queue, DateTime Opened, int Hours, int Rating);

internal sealed record Stock(string Item, string Site, int OnHand, int Reserved, double Cost);

/// <summary>Made data of other kinds.</summary>
internal static class OtherSources
{
    public static (List<Page> Rows, DateOnly Day, JsonNode Json) Web(Random random)
    {
        string[] paths = ["/pricing", "/docs", "/blog", "/features", "/download"];
        var day = new DateOnly(2026, 9, 1).AddDays(random.Next(60));
        var rows = paths
            .Take(random.Next(3, 6))
            .Select(path => new Page(path, random.Next(900, 64000), random.Next(20, 800), Math.Round(random.NextDouble() * 200, 1)))
            .ToList();
        var json = new JsonObject
        {
            ["generatedOn"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["pages"] = new JsonArray([
                .. rows.Select(row =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["path"] = row.Path,
                            ["visits"] = row.Visits,
                            ["signups"] = row.Signups,
                            ["avgSecondsOnPage"] = row.Seconds,
                        }
                ),
            ]),
        };
        return (rows, day, json);
    }

    public static (List<Department> Rows, JsonNode Json) Budgets(Random random)
    {
        string[] names = ["Engineering", "Marketing", "Facilities", "Legal", "Research"];
        var rows = names
            .Take(random.Next(3, 6))
            .Select(name => new Department(name, random.Next(80, 900) * 1000, random.Next(80000, 900000)))
            .ToList();
        var lines = rows.Select(row => (JsonNode)new JsonArray(row.Name, row.Budget, row.Actual));
        return (
            rows,
            new JsonObject
            {
                ["quarter"] = "Q2 2026",
                ["rows"] = new JsonArray([new JsonArray("department", "budget", "actual"), .. lines]),
            }
        );
    }

    public static (List<Ticket> Rows, JsonNode Json) Tickets(Random random)
    {
        string[] agents = ["Ines Moreau", "Kofi Mensah", "Yuki Tanaka", "Ruth Alvarez"];
        string[] queues = ["Returns", "Shipping", "Accounts"];
        var time = new DateTime(2026, 7, 6, 8, 0, 0);
        var number = random.Next(40000, 90000);
        var rows = new List<Ticket>();
        for (var index = 0; index < random.Next(6, 14); index++)
        {
            time = time.AddMinutes(random.Next(60, 1500));
            number += random.Next(1, 40);
            rows.Add(new Ticket(number, agents[random.Next(4)], queues[random.Next(3)], time, random.Next(1, 90), random.Next(1, 6)));
        }

        var csv =
            "ticket;agent;queue;opened;hours_to_close;rating\n"
            + string.Join(
                '\n',
                rows.Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.Number};{row.Agent};{row.Queue};{row.Opened:yyyy-MM-dd HH:mm};{row.Hours};{row.Rating}"
                    )
                )
            );
        return (rows, JsonValue.Create(csv));
    }

    public static (List<Stock> Rows, JsonNode Json) Stocks(Random random)
    {
        string[] items = ["Hex bolt M8", "Ball bearing", "Drive belt", "Oil seal"];
        string[] sites = ["Graz", "Turin"];
        var rows = items
            .SelectMany(item =>
                sites.Select(site => new Stock(
                    item,
                    site,
                    random.Next(100, 9000),
                    random.Next(1, 99),
                    Math.Round(random.NextDouble() * 40, 2)
                ))
            )
            .ToList();
        var json = new JsonArray([
            .. rows.Select(row =>
                (JsonNode)
                    new JsonObject
                    {
                        ["item"] = row.Item,
                        ["site"] = row.Site,
                        ["on_hand"] = row.OnHand,
                        ["reserved"] = row.Reserved,
                        ["unit_cost"] = row.Cost,
                    }
            ),
        ]);
        return (rows, json);
    }
}
