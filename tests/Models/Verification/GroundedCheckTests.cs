using System.Text.Json;
using Aios.Models.Verification;

namespace Aios.Tests.Models.Verification;

/// <summary>What grounded takes for a claim, what it accepts and what it says about the rest.</summary>
public sealed class GroundedCheckTests
{
    private const string Sales = """
        {"currency": "EUR", "sales": [
          {"region": "North", "week": 11, "start": "2026-03-09", "revenue": 1200.5, "units": 30},
          {"region": "South", "week": 11, "start": "2026-03-09", "revenue": 980.25, "units": 22},
          {"region": "North", "week": 12, "start": "2026-03-16", "revenue": 1350.75, "units": 33},
          {"region": "South", "week": 12, "start": "2026-03-16", "revenue": 1010.0, "units": 25}]}
        """;

    private const string Incidents = """
        {"incidents": [
          {"id": "INC-1042", "opened": "2026-03-14T09:15:00Z", "closed": "2026-03-14T11:30:00Z", "owner": "Dana Wolf", "note": "Failover on db-prod-3"},
          {"id": "INC-1047", "opened": "2026-03-16T22:05:00Z", "closed": "2026-03-17T00:20:00Z", "owner": "Lee Chan", "note": "Certificate expired"}]}
        """;

    private const string Figures = """
        {"now": {"churn_rate": 0.0312, "arr_usd": 4821000, "nps": 47, "fee_cents": 12345},
         "before": {"churn_rate": 0.0287, "arr_usd": 4510000, "nps": 44, "fee_cents": 12345}}
        """;

    private const string German = """
        {"csv": "date;region;umsatz\n2026-03-02;Nord;1.234,50\n2026-03-09;Nord;1.310,00\n2026-03-02;Süd;998,10\n2026-03-09;Süd;1.020,40"}
        """;

    private const string Prose = """
        {"text": "In 2025 the company had revenue of $12.4 million and 320 employees. In 2026, revenue rose to $14.1 million while headcount fell to 305."}
        """;

    [Theory]
    // Spellings of numbers.
    [InlineData(Sales, "The North made 1,200.50 in week 11.")]
    [InlineData(Sales, "The North made 1.200,50 € in week 11.")]
    [InlineData(Sales, "The North made 1 200,50 € in week 11.")]
    [InlineData(Sales, "The North made 1'200.50 in week 11.")]
    [InlineData(Sales, "The North made about 1,200 in week 11, nearly 1.4k in week 12.")]
    [InlineData(Sales, "The North made more than €1,300 in week 12.")]
    [InlineData(Prose, "Revenue rose to 14,100,000 dollars.")]
    [InlineData(Figures, "ARR is $4.82M, or 4.8 million dollars.")]
    [InlineData(Figures, "The fee is still $123.45.")]
    // Sums, means, counts.
    [InlineData(Sales, "In total, we sold 110 units for €4,541.50.")]
    [InlineData(Sales, "North 63 units, South 47 units.")]
    [InlineData(Sales, "Revenue in week 12 totalled 2,360.75.")]
    [InlineData(Sales, "The average revenue was 1,135.38, the average number of units 27.5.")]
    [InlineData(Sales, "There are four rows for two regions and 2 weeks.")]
    [InlineData(Sales, "| Region | Total |\n|---|---|\n| North | 2,551.25 |\n| South | 1,990.25 |\n| **Total** | **4,541.50** |")]
    [InlineData(Sales, """{"total_revenue": 4541.5, "by_region": [{"region": "South", "units": 47}]}""")]
    // Differences, ratios, percentages.
    [InlineData(Sales, "North rose from 1,200.50 in week 11 to 1,350.75 in week 12, up 12.5 %.")]
    [InlineData(Sales, "Week 12 brought 180.00 more than week 11, an increase of 8.3 percent.")]
    [InlineData(Sales, "South accounts for 43.8% of revenue.")]
    [InlineData(Sales, "Revenue per unit was 41.29 on average.")]
    [InlineData(Sales, "Sales in the North (63 units) exceeded those of the South (47 units) by 16 units, or 34 %.")]
    [InlineData(Figures, "Churn rose from 2.87 % to 3.12 %, up 25 basis points or 0.25 percentage points.")]
    [InlineData(Figures, "ARR grew 6.9 % (by $311k), and NPS improved by 3 points.")]
    [InlineData(Prose, "Revenue grew by 13.7 % to $14.1 million, while headcount shrank by 15 to 305.")]
    // Dates and times.
    [InlineData(Sales, "From 9 March 2026 to Mar 16: two weeks.")]
    [InlineData(Sales, "The second week began on 16.03.2026, 3/16/2026, March 16th or Monday, the 16th of March.")]
    [InlineData(Sales, "In March 2026, in Q1 2026, in week 12 and W11.")]
    [InlineData(Sales, "Am 9. März 2026 und am Montag, 16. März.")]
    [InlineData(Incidents, "INC-1047 began on Monday night at 10:05 PM and lasted until 00:20 on Tuesday.")]
    [InlineData(Incidents, "Both took 2 hours and 15 minutes (2h15m, 135 min, 2.25 hours); together 4.5 hours.")]
    // Names and identifiers.
    [InlineData(Sales, "North's sales beat those of the South.")]
    [InlineData(Incidents, "Dana resolved inc-1042, a failover on `db-prod-3`; Ms Chan's was INC-1047.")]
    [InlineData(Incidents, "The cause was \"Certificate expired\".")]
    [InlineData(German, "Der Umsatz im Norden stieg von 1.234,50 € auf 1.310,00 € (+6,1 %). Insgesamt wurden 4.563,00 € umgesetzt.")]
    // No claims.
    [InlineData(Sales, "1. Overview\n2. Details\n\nStep 3: see Table 2. The top 2 regions come first; the 2nd is the South.")]
    [InlineData(Sales, "Hi team,\n\nplease find the Weekly Summary below.\n\nBest regards,\nQuentin")]
    [InlineData(Sales, "## Key Takeaways for Management\n\n- Stable demand\n- [ ] Review within the next 30 days")]
    [InlineData(Sales, "")]
    public void What_is_in_the_source_or_follows_from_it_is_grounded(string source, string answer)
    {
        var report = GroundedCheck.Check(answer, JsonElement.Parse(source));
        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Score);
    }

    [Theory]
    [InlineData(Sales, "The North made 1,205.50 in week 11.", "1,205.50")]
    [InlineData(Sales, "In total, we sold 111 units.", "111")]
    [InlineData(Sales, "Revenue in week 12 totalled 2,306.75.", "2,306.75")]
    [InlineData(Sales, "North rose from 1,200.50 in week 11 to 1,350.75 in week 12, up 13.5 %.", "13.5 %")]
    [InlineData(Sales, "South accounts for 48.3% of revenue.", "48.3%")]
    [InlineData(Sales, "Hamburg sold 33 units in week 12.", "Hamburg")]
    [InlineData(Sales, "The best region was Hamburg.", "Hamburg")]
    [InlineData(Sales, "- Hamburg: 33 units", "Hamburg")]
    [InlineData(Sales, "| Region | Units |\n|---|---|\n| North | 63 |\n| Hamburg | 33 |", "Hamburg")]
    [InlineData(Sales, "The second week began on 16 April 2026.", "16 April 2026")]
    [InlineData(Sales, "The second week began on Tuesday, 16 March 2026.", "Tuesday 16 March 2026")]
    [InlineData(Sales, "Sales fell in May.", "May")]
    [InlineData(Sales, "Q2 2026 was better.", "Q2 2026")]
    [InlineData(Sales, """{"total_revenue": 4541.6}""", "4541.6")]
    [InlineData(Sales, """{"best": {"region": "Hamburg"}}""", "Hamburg")]
    [InlineData(Incidents, "INC-1043 was the first.", "INC-1043")]
    [InlineData(Incidents, "The failover was on db-prod-4.", "db-prod-4")]
    [InlineData(Incidents, "Dana Wolff owned it.", "Dana Wolff")]
    [InlineData(Incidents, "It began at 09:51.", "09:51")]
    [InlineData(Incidents, "Both together took 4.8 hours.", "4.8")]
    [InlineData(Figures, "Churn rose to 3.21 %.", "3.21 %")]
    [InlineData(Figures, "NPS is 74.", "74")]
    [InlineData(German, "Insgesamt wurden 4.536,00 € umgesetzt.", "4.536,00")]
    [InlineData(German, "Die Region Hamburg lag vorn.", "Hamburg")]
    [InlineData(Prose, "In 2024, revenue was $12.4 million.", "2024")]
    public void What_is_neither_is_found_and_named(string source, string answer, string claim)
    {
        var report = GroundedCheck.Check(answer, JsonElement.Parse(source));
        var finding = Assert.Single(report.Findings);
        Assert.StartsWith(claim, finding.Text, StringComparison.Ordinal);
        Assert.InRange(report.Score, 0, 0.99);
    }

    [Fact]
    public void The_score_is_the_share_of_the_claims_that_are_grounded()
    {
        var report = GroundedCheck.Check("North: 63 units. South: 47 units. Hamburg: 99 units.", JsonElement.Parse(Sales));
        Assert.Equal(["Hamburg", "99"], report.Findings.Select(finding => finding.Text));
        Assert.Equal(4.0 / 6, report.Score, 9);
    }

    [Fact]
    public void A_finding_names_what_comes_nearest()
    {
        var report = GroundedCheck.Check(
            "INC-1043 made 1,205.50.",
            JsonElement.Parse("""{"incidents": [{"id": "INC-1042", "cost": 1200.5}]}""")
        );
        Assert.Contains("INC-1042", report.Findings[0].Problem, StringComparison.Ordinal);
        Assert.Contains("1200.5 (incidents[0].cost)", report.Findings[1].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[["region", "units"], ["North", 30], ["South", 22]]""")]
    [InlineData("""{"region": ["North", "South"], "units": [30, 22]}""")]
    [InlineData("""{"units": {"North": 30, "South": 22}}""")]
    [InlineData("""{"North": {"units": 30}, "South": {"units": 22}}""")]
    [InlineData(
        """{"regions": [{"region": "North", "weeks": [{"units": 10}, {"units": 20}]}, {"region": "South", "weeks": [{"units": 22}]}]}"""
    )]
    [InlineData("\"region,units\\nNorth,30\\nSouth,22\"")]
    [InlineData("\"Here it is:\\n\\n| region | units |\\n|---|---|\\n| North | 30 |\\n| South | 22 |\"")]
    [InlineData("""{"data": "[{\"region\": \"North\", \"units\": 30}, {\"region\": \"South\", \"units\": 22}]"}""")]
    public void A_table_may_be_in_any_form(string source)
    {
        var json = JsonElement.Parse(source);
        Assert.Empty(GroundedCheck.Check("Total units: 52. North has 57.7 % of all units.", json).Findings);
        Assert.Equal(
            ["53", "58.7 %"],
            GroundedCheck.Check("Total units: 53. North has 58.7 % of all units.", json).Findings.Select(finding => finding.Text)
        );
    }
}
