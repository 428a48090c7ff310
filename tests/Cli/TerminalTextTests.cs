using System.Text.Json;
using Aios.Cli;
using Aios.Daemon.Reporting;
using Aios.Platform;
using Aios.Store.Logs;
using Aios.Tests.Docs;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Cli;

public class TerminalTextTests
{
    /// <summary>Sequences that make a terminal do something, and what is shown of them.</summary>
    public static readonly TheoryData<string, string> Attacks = new()
    {
        { "\e]52;c;cm0gLXJmIH4=\a", "␛]52;c;cm0gLXJmIH4=␇" },
        { "\e]0;title\e\\", "␛]0;title␛\\" },
        { "\e]8;;http://evil.example\e\\click\e]8;;\e\\", "␛]8;;http://evil.example␛\\click␛]8;;␛\\" },
        { "\e[2J\e[H", "␛[2J␛[H" },
        { "\e[?1049h", "␛[?1049h" },
        { "\ec", "␛c" },
        { "\eP$q\"p\e\\", "␛P$q\"p␛\\" },
        { "\e_apc\e\\ \e^pm\e\\ \eXsos\e\\", "␛_apc␛\\ ␛^pm␛\\ ␛Xsos␛\\" },
        { "\e[6n\e[c\e[5i", "␛[6n␛[c␛[5i" },
        { "\u009b2J\u009d52;c;eA==\u009c", "\uFFFD2J\uFFFD52;c;eA==\uFFFD" },
        { "\u0090q\u009c\u0098\u009e\u009f\u0085", "\uFFFDq\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD" },
        { "good\rbad", "good␍bad" },
        { "\b\b\bx", "␈␈␈x" },
        { "\a\x7f\0\v\f", "␇␡␀␋␌" },
        { "\x0e\x0f\x05", "␎␏␅" },
        { "a\u202Egpj.exe\u202C", "a\uFFFDgpj.exe\uFFFD" },
        { "\u2066a\u2067b\u2068c\u2069 \u202A\u202B\u202D", "\uFFFDa\uFFFDb\uFFFDc\uFFFD \uFFFD\uFFFD\uFFFD" },
        { "\e[8mhidden\e[0;8m", "␛[8mhidden␛[0;8m" },
        { "\e[5mblink\e[11mfont", "␛[5mblink␛[11mfont" },
        { "\e[31", "␛[31" },
        { "\e", "␛" },
        { "\e[>4;2m\e[?25m", "␛[>4;2m␛[?25m" },
        { "\e[1 q\e[31 m", "␛[1 q␛[31 m" },
        { $"\e[{new string('1', 100)}m", $"␛[{new string('1', 100)}m" },
        { "\e\e[31mx", "␛x" },
    };

    /// <summary>What only looks dangerous.</summary>
    public static readonly TheoryData<string> Good = new()
    {
        "plain",
        "tab\tand\nline\r\n",
        "日本語 🙂 e\u0301",
        "שלום \u200Fמה",
        "مرحبا",
        "\u00A0\u00AD",
        "",
    };

    /// <summary>Colours, as programs write them.</summary>
    public static readonly TheoryData<string> Colours = new()
    {
        "\e[31m",
        "\e[1;4;31m",
        "\e[38;5;8m",
        "\e[38;2;8;8;8;48;5;5m",
        "\e[38:2::8:8:8m",
        "\e[4:3m",
        "\e[97;100m",
        "\e[7m",
        "\e[;31m",
        "\e[58;5;8m",
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_but_colours_reaches_a_terminal(string attack, string shown)
    {
        Assert.Equal(shown, TerminalText.Of(attack, colours: false));
        Assert.True(IsHarmless(TerminalText.Of(attack, colours: true)));
        Assert.Equal(shown, TerminalText.OneLine(attack));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void What_is_no_danger_stays_as_it_is(string text) => Assert.Equal(text, TerminalText.Of(text, colours: true));

    [Theory]
    [MemberData(nameof(Colours))]
    public void Colours_pass_where_they_are_wanted_and_end_with_the_line(string colour)
    {
        Assert.Equal($"{colour}red\e[0m\nplain", TerminalText.Of($"{colour}red\nplain", colours: true));
        Assert.Equal($"{colour}red\e[0m\r\nplain", TerminalText.Of($"{colour}red\r\nplain", colours: true));
        Assert.Equal($"{colour}red\e[0m", TerminalText.Of($"{colour}red", colours: true));
        Assert.Equal($"{colour}red\e[0m.", TerminalText.Of($"{colour}red\e[0m.", colours: true));
        Assert.Equal($"{colour}red\e[m.", TerminalText.Of($"{colour}red\e[m.", colours: true));
        Assert.Equal("red\nplain", TerminalText.Of($"{colour}red\nplain", colours: false));
    }

    [Fact]
    public void Whatever_is_written_in_whatever_pieces_nothing_else_passes()
    {
        var pieces = Gen.Elements(
                "\e",
                "[",
                "31m",
                "]52;c;x",
                "\a",
                "\u009b",
                "8",
                ";",
                "m",
                "\n",
                "\r",
                "text",
                "\u202E",
                "\e[1m",
                "\e[0m",
                "\x7f",
                "2J"
            )
            .ArrayOf();
        Check.QuickThrowOnFailure(Prop.ForAll(pieces.ToArbitrary(), parts => IsHarmless(Written(parts))));
    }

    [Fact]
    public async Task Every_way_of_writing_is_cleaned()
    {
        var inner = new StringWriter { NewLine = "\n" };
        var writer = new TerminalWriter(inner, colours: true) { NewLine = "\n" };
        writer.Write('\a');
        writer.Write("\a".ToCharArray());
        writer.Write("\a".AsSpan());
        writer.Write("{0}", "\a");
        writer.WriteLine('\a');
        writer.WriteLine("\a".AsSpan());
        writer.WriteLine("{0}", "\a");
        writer.WriteLine((object)"\a");
        writer.WriteLine($"\e[31m{1}");
        await writer.WriteAsync("\a");
        await writer.WriteLineAsync("\a");
        Assert.Equal("␇␇␇␇␇\n␇\n␇\n␇\n\e[31m1\e[0m\n␇␇\n", inner.ToString());
    }

    [Fact]
    public void Further_lines_of_a_message_do_not_look_like_lines_of_AIOS()
    {
        var line = new ConsoleLine(DateTimeOffset.UnixEpoch, LogLevel.Info, "one\n00:00:00 aios | All is well.\e[2J")
        {
            JobName = "a\nb\e[2J",
            RunId = 7,
        };
        Assert.EndsWith(
            " a b␛[2J#7 | one\n    00:00:00 aios | All is well.␛[2J",
            line.In(LogFormat.Text, "here"),
            StringComparison.Ordinal
        );
        Assert.Equal("<6>a b␛[2J#7 | one 00:00:00 aios | All is well.␛[2J", line.In(LogFormat.Journal, "here"));
    }

    [Fact]
    public void Json_holds_the_same_text_and_nothing_that_a_terminal_obeys()
    {
        foreach (var attack in Attacks.Select(row => row.Data.Item1))
        {
            var line = new ConsoleLine(DateTimeOffset.UnixEpoch, LogLevel.Info, attack).In(LogFormat.Json, "here");
            Assert.True(IsHarmless(line), line);
            Assert.Equal(attack, JsonDocument.Parse(line).RootElement.GetProperty("message").GetString());
            Assert.Equal(line, TerminalText.Of(line, colours: true));
        }
    }

    [Theory]
    [InlineData(@"\bConsole\.(Out|Error|Write|WriteLine|OpenStandard)", "StandardStreams.cs")]
    [InlineData(@"\bStandardStreams\.", "Program.cs")]
    [InlineData(@"\.(Out|Error)Terminal\b", "LiveView.cs", "Progress.cs")]
    public void Nothing_is_written_past_the_writer_that_cleans(string pattern, params string[] allowed)
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(Documents.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Append(Path.Combine(Documents.Root, "Program.cs"));
        var found = files
            .Where(path => System.Text.RegularExpressions.Regex.IsMatch(File.ReadAllText(path), pattern))
            .Select(path => Path.GetFileName(path));
        Assert.Equal(allowed.Order(), found.Order());
    }

    private static bool IsHarmless(string text)
    {
        var rest = System.Text.RegularExpressions.Regex.Replace(text, @"\e\[[0-9;:]*m", "").Replace("\r\n", "\n", StringComparison.Ordinal);
        return rest.All(letter =>
            letter is '\n' or '\t'
            || (!char.IsControl(letter) && letter is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))
        );
    }

    private static string Written(string[] parts)
    {
        var inner = new StringWriter();
        using var writer = new TerminalWriter(inner, colours: true);
        foreach (var part in parts)
        {
            if (part.Length % 2 == 0)
                writer.Write(part);
            else
                writer.Write(part.ToCharArray());
        }

        return inner.ToString();
    }
}
