using System.Globalization;
using System.Text.Json.Nodes;

namespace Aios.Tests.Models.Verification.Corpus;

/// <summary>
/// Ways of reporting, over data of their own, that were written after grounded was tuned on the others and measured before anything
/// was corrected for them.
/// </summary>
internal static class HeldOutStyles
{
    private static readonly string[] Plants = ["Malmö", "Porto", "Gdansk"];
    private static readonly string[] Courses = ["Algebra", "Genetics", "Statistics", "Rhetoric"];

    public static readonly Func<Random, (AnswerBuilder Answer, JsonNode Source)>[] All =
    [
        EnergyReport,
        EnergyTable,
        EnergyGerman,
        GradesLetter,
        GradesJson,
        FleetNote,
        FleetList,
    ];

    private static string F(double value, int decimals) => value.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static (List<(string Plant, DateOnly Month, int Output, double Cost)> Rows, JsonNode Json) Energy(Random random)
    {
        var first = new DateOnly(2025, random.Next(1, 9), 1);
        var rows = Plants
            .SelectMany(plant =>
                Enumerable
                    .Range(0, 3)
                    .Select(month => (plant, first.AddMonths(month), random.Next(4000, 99000), Math.Round(random.NextDouble() * 90000, 2)))
            )
            .ToList();
        var months = rows.GroupBy(row => row.Item2)
            .Select(group =>
                (JsonNode)
                    new JsonObject
                    {
                        ["month"] = group.Key.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                        ["plants"] = new JsonArray([
                            .. group.Select(row =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["plant"] = row.plant,
                                        ["output_mwh"] = row.Item3,
                                        ["fuel_cost"] = row.Item4,
                                    }
                            ),
                        ]),
                    }
            );
        return (rows, new JsonObject { ["months"] = new JsonArray([.. months]) });
    }

    private static (List<(string Course, int Enrolled, int Passed, double Grade)> Rows, DateOnly Exam, JsonNode Json) Grades(Random random)
    {
        var exam = new DateOnly(2026, 2, 1).AddDays(random.Next(50));
        var rows = Courses
            .Select(course => (course, random.Next(60, 400), random.Next(20, 59), Math.Round(1 + (random.NextDouble() * 3), 2)))
            .ToList();
        var json = new JsonObject
        {
            ["exam_date"] = exam.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["courses"] = new JsonObject(
                rows.Select(row =>
                    KeyValuePair.Create(
                        row.course,
                        (JsonNode?)
                            new JsonObject
                            {
                                ["enrolled"] = row.Item2,
                                ["passed"] = row.Item3,
                                ["mean_grade"] = row.Item4,
                            }
                    )
                )
            ),
        };
        return (rows, exam, json);
    }

    private static (List<(string Truck, string Driver, double Km, double Litres)> Rows, JsonNode Json) Fleet(Random random)
    {
        string[] drivers = ["Bela Kovacs", "Ida Strand", "Noor Aziz", "Tom Vale", "Uma Rao"];
        var rows = drivers
            .Take(random.Next(3, 6))
            .Select(
                (driver, index) =>
                    (
                        $"TR-{random.Next(100, 999)}{index}",
                        driver,
                        Math.Round(200 + (random.NextDouble() * 4000), 1),
                        Math.Round(60 + (random.NextDouble() * 900), 1)
                    )
            )
            .ToList();
        var text =
            "truck\tdriver\tkm\tlitres\n"
            + string.Join('\n', rows.Select(row => $"{row.Item1}\t{row.driver}\t{F(row.Item3, 1)}\t{F(row.Item4, 1)}"));
        return (rows, new JsonObject { ["log"] = text });
    }

    private static (AnswerBuilder, JsonNode) EnergyReport(Random random)
    {
        var (rows, json) = Energy(random);
        var answer = new AnswerBuilder(random);
        var best = rows.GroupBy(row => row.Plant).MaxBy(group => group.Sum(row => row.Output))!;
        var total = rows.Sum(row => row.Output);
        answer.Line("### Generation summary").Line().Text("The three plants generated ").Number(total).Text(" MWh between ");
        answer
            .Date(rows[0].Month, "MMMM yyyy")
            .Text(" and ")
            .Date(rows[2].Month, "MMMM yyyy")
            .Text(". ")
            .Name(best.Key)
            .Text(" delivered the most, ");
        answer
            .Number(best.Sum(row => row.Output))
            .Text(" MWh (")
            .Percent(best.Sum(row => row.Output) * 100.0 / total)
            .Text(" of the total output), at fuel costs of ");
        answer.Number(best.Sum(row => row.Cost), 2).Text(" overall.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) EnergyTable(Random random)
    {
        var (rows, json) = Energy(random);
        var answer = new AnswerBuilder(random);
        answer.Line("| Month | Output (MWh) | Fuel cost | Cost per MWh |").Line("|---|---|---|---|");
        foreach (var month in rows.GroupBy(row => row.Month))
        {
            answer
                .Text("| ")
                .Date(month.Key, "MMM yyyy")
                .Text(" | ")
                .Number(month.Sum(row => row.Output))
                .Text(" | ")
                .Number(month.Sum(row => row.Cost), 0);
            answer.Text(" | ").Number(F(month.Sum(row => row.Cost) / month.Sum(row => row.Output), 3)).Line(" |");
        }

        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) EnergyGerman(Random random)
    {
        var (rows, json) = Energy(random);
        var answer = new AnswerBuilder(random);
        var mine = rows.Where(row => row.Plant == "Porto").ToList();
        answer
            .Text("Das Werk ")
            .Name("Porto")
            .Text(" erzeugte insgesamt ")
            .Number(AnswerBuilder.German(mine.Sum(row => row.Output)))
            .Text(" MWh, im Durchschnitt ");
        answer
            .Number(AnswerBuilder.German(mine.Average(row => row.Output), 1))
            .Text(" MWh je Monat. Die Brennstoffkosten betrugen zusammen ");
        answer.Number(AnswerBuilder.German(mine.Sum(row => row.Cost), 2)).Text(" €.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) GradesLetter(Random random)
    {
        var (rows, exam, json) = Grades(random);
        var answer = new AnswerBuilder(random);
        var best = rows.MinBy(row => row.Grade);
        answer
            .Line("Dear colleagues,")
            .Line()
            .Text("the exams took place on ")
            .Date(exam, "dddd, d MMMM yyyy")
            .Text(". Of the ")
            .Number(rows.Sum(row => row.Enrolled));
        answer
            .Text(" enrolled students, ")
            .Number(rows.Sum(row => row.Passed))
            .Text(" passed (")
            .Percent(rows.Sum(row => row.Passed) * 100.0 / rows.Sum(row => row.Enrolled));
        answer
            .Text("). The best mean grade, ")
            .Number(F(best.Grade, 2))
            .Text(", was reached in ")
            .Name(best.Course)
            .Text(", where ")
            .Number(best.Passed)
            .Text(" of ");
        answer.Number(best.Enrolled).Line(" passed.").Line().Line("Kind regards,").Line("Examination Office");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) GradesJson(Random random)
    {
        var (rows, exam, json) = Grades(random);
        var answer = new AnswerBuilder(random);
        answer.Text("[");
        foreach (var (index, row) in rows.Index())
        {
            answer
                .Text(index == 0 ? "" : ", ")
                .Text("{\"course\": \"")
                .Name(row.Course)
                .Text("\", \"failed\": ")
                .Number($"{row.Enrolled - row.Passed}");
            answer
                .Text(", \"pass_rate\": ")
                .Number(F((double)row.Passed / row.Enrolled, 3))
                .Text(", \"exam\": \"")
                .Date(exam, "yyyy-MM-dd")
                .Text("\"}");
        }

        return (answer.Text("]"), json);
    }

    private static (AnswerBuilder, JsonNode) FleetNote(Random random)
    {
        var (rows, json) = Fleet(random);
        var answer = new AnswerBuilder(random);
        var far = rows.MaxBy(row => row.Km);
        answer
            .Name(far.Driver)
            .Text(" drove the farthest: ")
            .Number(far.Km, 1)
            .Text(" km with truck ")
            .Id(far.Truck)
            .Text(", using ")
            .Number(F(far.Litres, 1))
            .Text(" litres, i.e. ");
        answer
            .Number(F(far.Litres / far.Km * 100, 1))
            .Text(" l per 100 km. The whole fleet covered ")
            .Number(rows.Sum(row => row.Km), 0)
            .Text(" km and burned about ");
        answer.Number(rows.Sum(row => row.Litres), 0).Text(" litres.");
        return (answer, json);
    }

    private static (AnswerBuilder, JsonNode) FleetList(Random random)
    {
        var (rows, json) = Fleet(random);
        var answer = new AnswerBuilder(random);
        answer.Line("Trucks by distance:");
        foreach (var (index, row) in rows.OrderByDescending(row => row.Km).Index())
            answer
                .Text($"{index + 1}. ")
                .Id(row.Truck)
                .Text(" — ")
                .Name(row.Driver)
                .Text(", ")
                .Number(F(row.Km, 0))
                .Text(" km, ")
                .Number(F(row.Litres, 1))
                .Line(" l");
        answer.Line().Text("Average distance: ").Number(F(rows.Average(row => row.Km), 1)).Text(" km.");
        return (answer, json);
    }
}
