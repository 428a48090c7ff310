using Aios.Cli;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Cli;

public class TextTableTests
{
    private static readonly Column[] Columns = ["ID", Column.Text("NAME"), Column.Status(), Column.Spare("MEMORY"), Column.Text("REASON")];

    [Fact]
    public void No_row_is_wider_than_the_terminal_and_columns_stand_below_one_another()
    {
        var words = Gen.Elements(
            "",
            "a",
            "succeeded",
            "a-rather-long-name-of-a-job",
            "名前が長い仕事",
            "cafe\u0301",
            "two words",
            new string('x', 150),
            "line\nbreak",
            "🙂 smiles"
        );
        var rows = words.ArrayOf(Columns.Length).ArrayOf();
        var widths = Gen.Choose(20, 220);
        Check.QuickThrowOnFailure(Prop.ForAll(rows.ToArbitrary(), widths.ToArbitrary(), (table, width) => Holds(table, width)));
    }

    [Fact]
    public void Where_nothing_need_fit_nothing_is_cut_in_the_last_column()
    {
        var table = new TextTable("ID", Column.Text("REASON"));
        table.Add("1", new string('x', 5000));
        Assert.Contains(new string('x', 5000), Assert.Single(table.Lines(Screen.None).Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_widest_text_is_cut_first_and_what_is_spare_goes_before_a_text_is_too_short()
    {
        var table = new TextTable(Columns);
        table.Add("17", "backup", "failed", "123M", "the disk is full and so nothing could be written there");
        Assert.Equal("17  backup  failed  123M    the disk is full and …", table.Lines(new Screen(50, 24, false)).Last());
        Assert.Equal("17  backup  failed  the disk is full…", table.Lines(new Screen(37, 24, false)).Last());
    }

    [Fact]
    public void Colours_change_nothing_but_the_colours()
    {
        var table = new TextTable(Columns);
        table.Add("17", "backup", "failed", "123M", "full");
        var coloured = table.Lines(new Screen(80, 24, true)).ToList();
        Assert.Contains("\e[31mfailed\e[0m", coloured[1], StringComparison.Ordinal);
        Assert.Equal(
            table.Lines(new Screen(80, 24, false)),
            coloured.Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"\e\[[0-9;]*m", "").TrimEnd())
        );
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("名前", 4)]
    [InlineData("cafe\u0301", 4)]
    [InlineData("🙂", 2)]
    [InlineData("…", 1)]
    public void A_text_takes_as_much_room_as_it_does_on_a_terminal(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    private static bool Holds(string[][] rows, int width)
    {
        var table = new TextTable(Columns);
        foreach (var row in rows)
            table.Add(row);
        var lines = table.Lines(new Screen(width, 24, false)).ToList();
        Assert.Equal(rows.Length + 1, lines.Count);
        Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= width, $"{TextWidth.Of(line)} > {width}: {line}"));
        var name = lines[0].IndexOf("NAME", StringComparison.Ordinal);
        Assert.All(lines.Skip(1).Where(line => name > 0 && TextWidth.Of(line) > name), line =>
            Assert.Contains(Enumerable.Range(0, line.Length), end =>
                line[..end].EndsWith("  ", StringComparison.Ordinal) && TextWidth.Of(line[..end]) == name
            )
        );
        return true;
    }

    [Fact]
    public void A_column_keeps_what_it_is_there_for_while_others_have_room()
    {
        var table = new TextTable(Column.Text("NAME"), Column.Text("TAGS"), Column.Text("NEXT", least: 31));
        table.Add(new string('n', 60), new string('t', 60), "2026-11-22 00:00:00 (in 87 min)");
        var lines = table.Lines(new Screen(80, 24, false)).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.EndsWith("2026-11-22 00:00:00 (in 87 min)", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_says_nothing_goes_before_a_value_is_cut()
    {
        var table = new TextTable(
            Column.Text("NAME"),
            "TYPE",
            Column.Text("TAGS"),
            Column.Spare("LAST RUN"),
            Column.Status(),
            Column.Text("NEXT", least: 31)
        );
        table.Add("a_job_with_a_longer_name", "random_daily", "", "", "", "2026-11-22 00:00:00 (in 87 min)");
        table.Add("b", "daily", null, null, null, "2026-11-22 00:00:00 (in 87 min)");
        Assert.Equal(
            [
                "NAME                      TYPE          TAGS  NEXT",
                "a_job_with_a_longer_name  random_daily  -     2026-11-22 00:00:00 (in 87 min)",
            ],
            table.Lines(new Screen(80, 24, false)).Take(2)
        );
        Assert.Equal(
            ["NAME                      TYPE          NEXT", "a_job_with_a_longer_name  random_daily  2026-11-22 00:00:00 (in 87 min)"],
            table.Lines(new Screen(75, 24, false)).Take(2)
        );
        // Where there is room it stays: that there is nothing is worth knowing, too.
        Assert.Contains("TAGS", table.Lines(new Screen(120, 24, false)).First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void Findings_break_between_words(int width)
    {
        var output = new StringWriter { NewLine = "\n" };
        var context = new CliContext(output, TextWriter.Null, TimeProvider.System, new Screen(width, 24, false));
        const string figure = "python3 is not on the path of this daemon, so no function can be called and four jobs cannot run";
        const string advice = "install it (Debian and Ubuntu: apt-get install python3), or name another one by python in aios.yaml";
        FindingsPrinter.Print(
            [("programs", Aios.Doctor.Finding.Problem(figure, advice)), ("disk", Aios.Doctor.Finding.Ok("fine"))],
            asJson: false,
            context
        );
        var lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(
            figure,
            string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        Assert.All(lines.Skip(1).Take(2), line => Assert.StartsWith(new string(' ', 19), line, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_there_is_nothing_that_is_said_and_not_printed()
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        new TextTable("ID").Write(new CliContext(output, error, TimeProvider.System), "nothing yet.");
        Assert.Equal(("", "aios: nothing yet.\n"), (output.ToString(), error.ToString()));
    }
}
