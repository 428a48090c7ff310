using System.Text.RegularExpressions;

namespace Aios.Tests.BlackBox;

/// <summary>Text that others wrote, in every place of the database and by programs: nothing of it makes a terminal do anything.</summary>
public sealed partial class TerminalAttackTests : IDisposable
{
    private const string Attack = "\e]52;c;cm0=\a\e[2J\e[?1049h\u009b3J\u009d0;x\u009c\rfake\b\x7f\u202Etxt\u2066\e[31mred\e[8m";

    private readonly AiosHome _home = new(
        """
        - {name: work, type: trigger, description: "d\e]52;c;cm0=\a\e[2J\x9b3J", command: [sh, -c, "printf '\\033]52;c;cm0=\\007\\033[31mred\\033[2J\\302\\2333J done\\n'; printf 'oops\\033[2J\\n' >&2"]}
        """
    );

    private static readonly string[][] Verbs =
    [
        ["status"],
        ["top"],
        ["jobs"],
        ["jobs", "show", "work"],
        ["jobs", "validate"],
        ["runs"],
        ["runs", "1"],
        ["runs", "1", "--json"],
        ["runs", "--status", "\e[2J"],
        ["logs", "-n", "100"],
        ["logs", "--json"],
        ["why", "work"],
        ["why", "work", "--json"],
        ["why", "\e[2J\a"],
        ["next"],
        ["audit"],
        ["audit", "--json"],
        ["audit", "verify"],
        ["state", "list", "--job", "work"],
        ["state", "get", "key", "--job", "work"],
        ["state", "get", "none\e[2J", "--job", "work"],
        ["keys", "list"],
        ["config"],
        ["health"],
        ["doctor"],
        ["trigger", "\e[2J\a"],
        ["stop", "\u009b2J"],
        ["pause", "\e[2J"],
        ["--no\e[2J"],
        ["trigger", "work", "--wait"],
        ["notify", "\e[2J"],
        ["__complete", "why", ""],
    ];

    [RequiresFact(Need.Python)]
    public void Each_verb_shows_it_without_harm()
    {
        Fill();
        foreach (var verb in Verbs)
        {
            using var terminal = PseudoTerminal.OfAios(_home, 120, 40, verb);
            if (verb is ["top"])
            {
                terminal.WaitFor("q: end");
                terminal.Type("q");
            }

            terminal.WaitForExit();
            AssertHarmless(terminal.Seen, string.Join(' ', verb));
        }
    }

    [RequiresFact(Need.Python)]
    public void The_daemon_in_the_foreground_shows_it_without_harm()
    {
        using var terminal = PseudoTerminal.OfAios(_home, 120, 40, "run", "--home", _home.Folder, "--listen", "none");
        terminal.WaitFor(" as device ");
        _home.Insert("work");
        terminal.WaitFor("oops");
        terminal.WaitFor("done");
        _home.Insert("no \e[2J\a such\u009b2J");
        terminal.Type("\x03");
        terminal.WaitForExit();
        Assert.Contains("\e[31mred", terminal.Seen, StringComparison.Ordinal);
        AssertHarmless(terminal.Seen, "aios run");
        Assert.DoesNotContain("audit", terminal.Seen, StringComparison.Ordinal);
    }

    [RequiresFact]
    public void In_a_pipe_the_output_of_the_program_is_as_it_was_and_that_of_the_daemon_is_clean()
    {
        var daemon = _home.Start();
        var waited = _home.Cli("trigger", "work", "--wait").Exits(0);
        Assert.Equal("\e]52;c;cm0=␇\e[31mred\e[2J\uFFFD3J done\n", waited.Out);
        Assert.Contains("oops\e[2J\n", waited.Error, StringComparison.Ordinal);
        daemon.WaitForOutput("oops");
        AssertHarmless(daemon.Output, "the daemon's output");
        Assert.DoesNotContain('\e', daemon.Output);
        Assert.Contains("␛[2J", _home.Cli("logs", "work").Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("\\u001b[2J", _home.Cli("logs", "work", "--json").Exits(0).Out, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _home.Dispose();

    private void Fill()
    {
        _home.Start();
        foreach (
            var sql in (string[])
                [
                    "INSERT INTO runs (trigger_id, job_name, attempt, status, device, boot_id, started, ended, reason, progress_text, "
                        + "result) VALUES (0, 'work', 1, 'failed', @1, 'b', 1700000000, 1700000001, @1, @1, json_quote(@1))",
                    "INSERT INTO logs (timestamp, level, message, device, job_name) VALUES (1700000000, 'ERROR', @1 || char(10) || "
                        + "'second line', @1, @1)",
                    "INSERT INTO triggers (job_name, created, processed, status, reason) VALUES (@1, 1700000000, 1700000001, 'failed', "
                        + "@1), ('work', 1700000000, 1700000001, 'skipped', @1)",
                    "INSERT INTO triggers (job_name, created) VALUES (@1, 1700000000)",
                    "INSERT INTO state (job_name, key, value, updated) VALUES ('work', 'key', json_quote(@1), 1), ('work', @1, "
                        + "json_quote(@1), 1)",
                    "INSERT INTO devices (device, boot_id, status, tags, pid, machine, lock_domain, version, max_parallel, started, "
                        + "heartbeat, trouble) VALUES (@1, 'b', 'offline', json_array(@1), 1, @1, @1, @1, 1, 1, 1, @1)",
                    "INSERT INTO api_keys (name, role, jobs, hash, created) VALUES (@1, @1, @1, @1, 1)",
                    "INSERT INTO config (key, value, updated) VALUES (@1, @1, 1)",
                ]
        )
        {
            _home.Execute(sql, Attack);
        }
    }

    // The terminal itself puts a carriage return before each line break.
    private static void AssertHarmless(string seen, string what)
    {
        var rest = LineBreak().Replace(Own().Replace(seen, ""), "\n");
        var bad = rest.Where(letter =>
                letter is not ('\n' or '\t')
                && (char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            )
            .Select(letter => $"U+{(int)letter:X4}")
            .Distinct();
        Assert.True(!bad.Any(), $"{what} shows {string.Join(", ", bad)}:\n{rest.Replace("\e", "ESC", StringComparison.Ordinal)}");
        Assert.DoesNotContain("\e[2J", seen, StringComparison.Ordinal);
    }

    // Colours, and what the full screen of `aios top` and the runtime's own reading of keys send.
    [GeneratedRegex(@"\e(\[[0-9;:]*m|\[\?(1049|25|7|2026|1)[hl]|\[[HKJ]|[=>])")]
    private static partial Regex Own();

    [GeneratedRegex(@"\r+\n")]
    private static partial Regex LineBreak();
}
