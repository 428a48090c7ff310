using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>What is shown in a real terminal, by its size and what it can.</summary>
public sealed partial class TerminalTests : IDisposable
{
    private const string Jobs = """
        - {name: work, type: trigger, description: Works, command: ['true']}
        - {name: wrong, type: trigger, command: [sh, -c, 'exit 3']}
        - {name: a_job_with_a_name_that_is_far_too_long_for_a_narrow_terminal, type: daily, time: '09:00', tags: [one, two, three, four, five], command: ['true']}
        - {name: long, type: trigger, command: [sleep, '1000']}
        """;

    private readonly AiosHome _home = new(Jobs);

    [RequiresTheory(Need.Python)]
    [InlineData(80)]
    [InlineData(200)]
    public void Tables_and_errors_fit_the_terminal(int columns)
    {
        _home.Execute(Fill());
        foreach (
            var verb in (string[][])
                [
                    ["status"],
                    ["jobs"],
                    ["runs"],
                    ["runs", "-n", "0"],
                    ["next"],
                    ["why", "wrong"],
                    ["jobs", "show", "work"],
                    ["audit"],
                    ["keys", "list"],
                    ["state", "list", "--job", "work"],
                    ["doctor", "--help"],
                ]
        )
        {
            using var terminal = PseudoTerminal.OfAios(_home, columns, 24, verb);
            Assert.Equal(0, terminal.WaitForExit());
            var lines = terminal.Lines.Where(line => !line.StartsWith('{') && !line.StartsWith("  \"", StringComparison.Ordinal));
            Assert.All(lines, line => Assert.True(line.Length <= columns, $"{string.Join(' ', verb)}, {columns} columns: {line}"));
        }
    }

    [RequiresFact(Need.Python)]
    public void Nothing_is_cut_where_it_is_no_terminal()
    {
        _home.Execute(Fill());
        Assert.Contains(new string('x', 3000), _home.Cli("runs", "-n", "1").Exits(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', _home.Cli("runs").Exits(0).Out);
    }

    [RequiresFact(Need.Python)]
    public void Colours_are_shown_on_a_terminal_unless_somebody_wants_none()
    {
        _home.Execute(Fill());
        using var coloured = new PseudoTerminal(_home, 100, 24, AiosProcess.Executable, ["runs"]);
        Assert.Equal(0, coloured.WaitForExit());
        Assert.Contains("\e[31mfailed", coloured.Seen, StringComparison.Ordinal);
        foreach (var none in ((string, string)[])[("NO_COLOR", "1"), ("TERM", "dumb")])
        {
            using var plain = new PseudoTerminal(_home, 100, 24, AiosProcess.Executable, ["runs"], none);
            Assert.Equal(0, plain.WaitForExit());
            Assert.DoesNotContain("\e[3", plain.Seen, StringComparison.Ordinal);
        }
    }

    [RequiresFact(Need.Python)]
    public void Top_shows_what_changes_scrolls_and_leaves_the_terminal_as_it_was()
    {
        _home.Start();
        _home.Execute(Fill());
        using var top = PseudoTerminal.OfAios(_home, 80, 9, "top");
        top.WaitFor("q: end");
        _home.Insert("long");
        top.WaitFor(
            seen =>
                Pictures(seen)[^1].Contains("Running:", StringComparison.Ordinal)
                && Pictures(seen)[^1].Contains("long", StringComparison.Ordinal),
            "the run that goes on"
        );
        top.Type("\e[B");
        top.WaitFor("line 2 of");
        top.Type("\e[A");
        top.WaitFor(seen => Pictures(seen)[^1].Contains("line 1 of", StringComparison.Ordinal), "the first line again");
        top.Type("q");
        Assert.Equal(0, top.WaitForExit());
        Assert.StartsWith("\e[?1049h", top.Seen[top.Seen.IndexOf("\e[?1049h", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("\e[?1049l", top.Seen, StringComparison.Ordinal);
        // A screen that is cleared before it is drawn flickers.
        Assert.DoesNotContain("\e[2J", top.Seen, StringComparison.Ordinal);
        Assert.All(Pictures(top.Seen), picture =>
        {
            // The terminal itself puts a carriage return before each line break.
            var lines = Sequence().Replace(picture, "").Replace("\r", "", StringComparison.Ordinal).Split('\n');
            Assert.Equal(9, lines.Length);
            Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        });
    }

    [RequiresTheory(Need.Python)]
    [InlineData(AiosProcess.Term)]
    [InlineData(AiosProcess.Int)]
    public void Top_that_is_ended_by_a_signal_leaves_the_terminal_as_it_was(int signal)
    {
        _home.Drain();
        using var top = new PseudoTerminal(_home, 80, 24, "sh", ["-c", $"echo $$ > pid; exec \"{AiosProcess.Executable}\" top"]);
        top.WaitFor("q: end");
        AiosProcess.Send(int.Parse(File.ReadAllText(_home.In("pid")), System.Globalization.CultureInfo.InvariantCulture), signal);
        Assert.Equal(0, top.WaitForExit());
        Assert.Contains("\e[?1049l", top.Seen, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Python)]
    public void Top_says_once_how_all_stands_where_it_is_no_terminal()
    {
        Assert.Contains("no database", _home.Cli("top").Exits(1).Error, StringComparison.Ordinal);
        _home.Drain();
        Assert.StartsWith("DEVICE ", _home.Cli("top").Exits(0).Out, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Strace)]
    public void Status_reads_no_more_where_much_has_happened()
    {
        _home.Drain();
        _home.Execute(
            """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 50000)
            INSERT INTO triggers (job_name, created, processed, status) SELECT 'work', n, n, 'succeeded' FROM numbers
            """
        );
        _home.Execute(
            "INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started, ended) SELECT id, job_name, 1, "
                + "'succeeded', 'd', 'b', created, created FROM triggers WHERE job_name = 'work'"
        );
        var start = AiosProcess.StartInfo(
            _home.Folder,
            ["-f", "-o", _home.In("reads"), "-e", "trace=pread64", AiosProcess.Executable, "status"]
        );
        start.FileName = "strace";
        Assert.Contains("Latest:", CliResult.Of(start).Exits(0).Out, StringComparison.Ordinal);
        // To look at every row would take thousands of pages.
        Assert.InRange(File.ReadLines(_home.In("reads")).Count(line => line.Contains("pread64", StringComparison.Ordinal)), 1, 1000);
    }

    public void Dispose() => _home.Dispose();

    // Many runs, with all that can be too wide.
    private string Fill()
    {
        if (!File.Exists(_home.Database))
            _home.Drain();
        _home.Execute(
            "INSERT INTO state (job_name, key, value, updated) VALUES ('work', 'key', '\"' || replace(hex(zeroblob(200)), '0', "
                + "'v') || '\"', 1)"
        );
        return """
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 40)
            INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started, ended, reason, progress, progress_text)
            SELECT 0, iif(n % 2, 'work', 'a_job_with_a_name_that_is_far_too_long_for_a_narrow_terminal'), 1, iif(n % 2, 'succeeded', 'failed'), 'd', 'b', 1700000000 + n, 1700000010 + n,
                iif(n % 2, NULL, replace(hex(zeroblob(1500)), '0', 'x')), 0.5, 'half of all the many things' FROM numbers
            """;
    }

    private static string[] Pictures(string seen) =>
        [.. Picture().Matches(seen).Select(match => match.Groups["picture"].Value).DefaultIfEmpty("")];

    [GeneratedRegex(@"\e\[\?2026h\e\[H(?<picture>.*?)\e\[J\e\[\?2026l", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Sequence();
}
