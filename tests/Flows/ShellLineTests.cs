using System.Diagnostics;
using Aios.Expressions;
using Aios.Tests.Expressions;
using Aios.Tests.Running;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Flows;

/// <summary>Whatever a value holds, the command line of a step gets it as a value: it is never code, nor more than one word.</summary>
public sealed class ShellLineTests : IDisposable
{
    // What a line prints ends with this.
    private const string End = "\u0001";

    private static readonly string[] Hostile =
    [
        "",
        " ",
        "-n",
        "--",
        "*",
        "~",
        "a b  c",
        "$(touch hurt)",
        "`touch hurt`",
        "'; touch hurt; '",
        "\"; touch hurt; \"",
        "'$(touch hurt)'",
        "\"$(touch hurt)\"",
        "x\ntouch hurt\n",
        "\n\ntouch hurt",
        "; touch hurt #",
        "& touch hurt",
        "| touch hurt",
        "a[$(touch hurt)]",
        "E\ntouch hurt\nE\n",
        "${HOME}",
        "$AIOS_VALUE_2",
        "\\",
        "\\\"",
        "}",
        ")",
        "))",
        "]]",
        "%s%n\\001",
        "ä😀",
        "!",
        "#",
    ];

    // A line, and what it prints of a value.
    private static readonly (string Line, Func<string, string> Prints)[] Lines =
    [
        ("printf '%s\\001' ${kwargs.v}", value => value),
        ("printf '%s\\001' \"${kwargs.v}\"", value => value),
        ("printf '%s\\001' '${kwargs.v}'", value => value),
        ("printf '%s\\001' \"say \\\"${kwargs.v}\\\"\"", value => $"say \"{value}\""),
        ("printf '%s\\001' 'it'\\''s ${kwargs.v}'", value => $"it's {value}"),
        ("printf '%s\\001' a${kwargs.v}\"b ${kwargs.v}\"'c ${kwargs.v}'", value => $"a{value}b {value}c {value}"),
        ("printf '%s\\001' --name=${kwargs.v}", value => $"--name={value}"),
        ("x=${kwargs.v}; printf '%s\\001' \"$x\"", value => value),
        ("for x in ${kwargs.v} \"${kwargs.v}\"; do printf '%s\\001' \"$x\"; done", value => $"{value}{End}{value}"),
        ("printf '%s\\001' \"$(printf '%s.' ${kwargs.v})\"", value => $"{value}."),
        ("printf '%s\\001' \"$(printf '%s.' \"${kwargs.v}\")\"", value => $"{value}."),
        ("printf '%s\\001' \"$(printf '%s.' '${kwargs.v}')\"", value => $"{value}."),
        ("printf '%s\\001' \"$(case x in x) printf '%s.' ${kwargs.v};; esac)\"", value => $"{value}."),
        ("printf '%s\\001' \"$(: ')' # )\nprintf '%s.' ${kwargs.v})\"", value => $"{value}."),
        ("printf '%s\\001' \"${none:-${kwargs.v}}\"", value => value),
        ("printf '%s\\001' ${none:-${kwargs.v}}", value => value),
        ("y=1; printf '%s\\001' ${y:+\"${kwargs.v}\"}", value => value),
        ("case ${kwargs.v} in \"${kwargs.v}\") printf 'same\\001';; *) printf 'other\\001';; esac", _ => "same"),
        ("case \"a${kwargs.v}\" in a${kwargs.v}) printf 'same\\001';; esac", _ => "same"),
        ("cat <<E; printf '\\001'\n[${kwargs.v}]\nE", value => $"[{value}]\n"),
        ("cat <<-E; printf '\\001' # ${kwargs.v}\n\t\"${kwargs.v}\" '\n\tE", value => $"\"{value}\" '\n"),
        ("{ cat <<A; cat <<B; } ; printf '\\001'\n${kwargs.v}\nA\n'$(printf %s ${kwargs.v}.)\nB", value => $"{value}\n'{value}.\n"),
        ("printf 'a\\001' # it's ${kwargs.v}", _ => "a"),
        ("# \"${kwargs.v}\nprintf 'b\\001'", _ => "b"),
        ("printf '%s\\001' \\${kwargs.v}", value => value),
        ("printf '%s\\001' \"\\${kwargs.v}\" \\\\${kwargs.v}", value => $"\\{value}{End}\\{value}"),
        ("(printf '%s\\001' $${kwargs.v} 2>/dev/null || printf 'c\\001') 2>/dev/null || printf 'c\\001'", _ => "c"),
    ];

    private static readonly (string Line, Func<string, string> Prints)[] InBackticks =
    [
        ("printf '%s\\001' \"`printf '%s.' ${kwargs.v}`\"", value => $"{value}."),
        ("printf '%s\\001' \"`printf '%s.' '${kwargs.v}'`\"", value => $"{value}."),
        ("x=`printf '%s.' \"${kwargs.v}\"`; printf '%s\\001' \"$x\"", value => $"{value}."),
    ];

    private static readonly string[][] Shells =
    [
        ["/bin/sh"],
        ["/bin/bash", "--posix"],
        ["/bin/busybox", "sh"],
        ["/bin/dash"],
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("aios-shell-").FullName;

    public static TheoryData<string> Present =>
        [.. Shells.Where(shell => OperatingSystem.IsLinux() && File.Exists(shell[0])).Select(shell => string.Join(' ', shell))];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxTheory]
    [MemberData(nameof(Present))]
    public void A_value_is_one_word_and_no_code_wherever_it_is(string shell)
    {
        foreach (var (line, prints) in Lines.Concat(InBackticks))
        {
            foreach (var value in Hostile)
                Check(shell, line, value, prints(value) + End);
        }
    }

    [LinuxTheory]
    [MemberData(nameof(Present))]
    public void So_is_any_value_in_many_places_of_one_line(string shell)
    {
        var all = string.Join('\n', Lines.Concat(InBackticks).Select(one => one.Line));
        var values = Gen.Elements([.. Hostile, "a", "\t", "<<E", "'", "\"", "$", "{", "(", "&&", "\r\n"]).ListOf().Select(string.Concat);
        Prop.ForAll(values.ToArbitrary(), value =>
                Check(shell, all, value, string.Concat(Lines.Concat(InBackticks).Select(one => one.Prints(value) + End)))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [LinuxTheory]
    [MemberData(nameof(Present))]
    public void What_is_shown_to_people_does_the_same(string shell)
    {
        // A value may hold the line that ends a here-document.
        foreach (var (line, prints) in Lines.Where(one => !one.Line.Contains("<<", StringComparison.Ordinal)))
        {
            foreach (var value in Hostile)
                Assert.Equal(prints(value) + End, Run(shell, ShellLine.Parse(line).Shown(Scope(value)), []));
        }
    }

    // Some shells run commands in what they evaluate as a number.
    [Theory]
    [InlineData("echo $((${kwargs.v} + 1))")]
    [InlineData("echo $(( $(date +%s) - ${kwargs.v} ))")]
    [InlineData("echo $((${x:-${kwargs.v}}))")]
    [InlineData("echo \"$(( ( 1 ) + ${kwargs.v} ))\"")]
    [InlineData("echo $[${kwargs.v} + 1]")]
    [InlineData("((${kwargs.v} > 1)) && echo")]
    [InlineData("if ((${kwargs.v} > 1)); then echo; fi")]
    [InlineData("echo ${x:${kwargs.v}}")]
    [InlineData("echo \"${x[${kwargs.v}]}\"")]
    [InlineData("x[${kwargs.v}]=1")]
    [InlineData("x[\"${kwargs.v}\"]=1")]
    [InlineData("[[ ${kwargs.v} -gt 1 ]]")]
    [InlineData("true; [[ 1 -eq '${kwargs.v}' ]]")]
    [InlineData("for ((i=0;i<${kwargs.v};i++)); do :; done")]
    [InlineData("let ${kwargs.v}")]
    [InlineData("builtin let \"x=${kwargs.v}\"")]
    [InlineData("2>/dev/null \\let ${kwargs.v}")]
    [InlineData("true && \\\nlet x=1 y=${kwargs.v}")]
    [InlineData("[[ ${kwargs.v}\t-eq 1 ]]")]
    [InlineData("[[ -n x &&\n${kwargs.v}\n-eq 1 ]]")]
    [InlineData("[[ \" ]] \" != x && 1 -lt ${kwargs.v} ]]")]
    [InlineData("[ \"${kwargs.v}\" -eq 1 ]")]
    [InlineData("command test 1 -ge ${kwargs.v}")]
    [InlineData("declare -i x=${kwargs.v}")]
    [InlineData("f() { local -i x=${kwargs.v}; }; f")]
    [InlineData("typeset -ri \"x=${kwargs.v}\"")]
    [InlineData("readonly -a x=${kwargs.v}")]
    [InlineData("export -i x=${kwargs.v}")]
    [InlineData("declare -i x=(1 ${kwargs.v})")]
    [InlineData("x=([${kwargs.v}]=1)")]
    [InlineData("exec {x[${kwargs.v}]}>/dev/null")]
    [InlineData("x=1; echo ${x/a/${kwargs.v}}")]
    public void Arithmetic_takes_whole_numbers_only(string line)
    {
        var error = Assert.Throws<ExpressionException>(() => ShellLine.Parse(line).Variables(Scope("a[$(touch hurt)]")));
        Assert.Equal(
            "the value of ${kwargs.v} is a[$(touch hurt)], expected a whole number: some shells run commands in what else is there",
            error.Message
        );
        Assert.Equal("-7", Assert.Single(ShellLine.Parse(line).Variables(Scope("-7"))).Value);
    }

    // Some shells evaluate the index behind a name.
    [Theory]
    [InlineData("[ -v ${kwargs.v} ]")]
    [InlineData("test -v \"${kwargs.v}\"")]
    [InlineData("[[ -v ${kwargs.v} ]]")]
    [InlineData("printf -v ${kwargs.v} x")]
    [InlineData("printf -v${kwargs.v} x")]
    [InlineData("read ${kwargs.v} <<E\nx\nE")]
    [InlineData("x=1 read -r a \"${kwargs.v}\" < /dev/null")]
    [InlineData("unset ${kwargs.v}")]
    [InlineData("readarray ${kwargs.v}")]
    [InlineData("wait -n -p ${kwargs.v}")]
    [InlineData("declare ${kwargs.v}=1")]
    [InlineData("export ${kwargs.v}")]
    public void Where_the_name_of_a_variable_is_expected_only_one_is_taken(string line)
    {
        var error = Assert.Throws<ExpressionException>(() => ShellLine.Parse(line).Variables(Scope("a[$(touch hurt)]")));
        Assert.Equal(
            "the value of ${kwargs.v} is a[$(touch hurt)], expected the name of a variable (letters, digits and _): some shells run "
                + "commands in what else is there",
            error.Message
        );
        Assert.Equal("a_1", Assert.Single(ShellLine.Parse(line).Variables(Scope("a_1"))).Value);
    }

    [Theory]
    [InlineData("printf ${kwargs.v} x")]
    [InlineData("printf \"${kwargs.v}\" x")]
    [InlineData("wait ${kwargs.v}")]
    public void Where_an_option_can_be_none_is_taken(string line)
    {
        var error = Assert.Throws<ExpressionException>(() => ShellLine.Parse(line).Variables(Scope("-va[$(touch hurt)]")));
        Assert.EndsWith(
            "does not begin with -: the shell reads options there; write -- before it",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("a b", Assert.Single(ShellLine.Parse(line).Variables(Scope("a b"))).Value);
    }

    [Theory]
    [InlineData("export X=${kwargs.v}")]
    [InlineData("export \"X=${kwargs.v}\"")]
    [InlineData("f() { local x=${kwargs.v}; }")]
    [InlineData("readonly 'x=${kwargs.v}'")]
    [InlineData("x=(read ${kwargs.v})")]
    [InlineData("declare x=(a ${kwargs.v})")]
    [InlineData("read x < ${kwargs.v}")]
    [InlineData("read x <<< ${kwargs.v}")]
    [InlineData("read -p ${kwargs.v} x")]
    [InlineData("read x <<E\n${kwargs.v}\nE")]
    [InlineData("printf -- ${kwargs.v}")]
    [InlineData("printf \"a ${kwargs.v}\"")]
    [InlineData("[ \"$(wc -l < ${kwargs.v})\" -gt 1 ]")]
    [InlineData("[[ -n ${kwargs.v} && 2 -gt 1 ]] && echo")]
    [InlineData("[ ${kwargs.v} = x ] && [ 1 -eq 1 ]")]
    [InlineData("echo let ${kwargs.v} >&2; [[ a < b ]]; echo -v ${kwargs.v}")]
    [InlineData("for x in a; do let x=1; done; echo ${kwargs.v}")]
    [InlineData("cat <<'E'\nit's $(don't) `one ' ${ open \"\nE\necho ${kwargs.v}")]
    [InlineData("cat <<-\\E\n\t$((\n\tE\nif true; then echo ${kwargs.v}; fi")]
    [InlineData("echo `printf %s \"${kwargs.v}\"`")]
    public void Elsewhere_any_value_is_taken(string line) =>
        Assert.All(ShellLine.Parse(line).Variables(Scope("-a[$(b)] c")), one => Assert.Equal("-a[$(b)] c", one.Value));

    [Fact]
    public void A_here_document_with_a_command_of_several_lines_is_read_once()
    {
        var line = ShellLine.Parse("cat <<E\n$(echo a\necho ${kwargs.v})\nE\necho ${kwargs.v}");
        Assert.Equal("cat <<E\n$(echo a\necho \"${AIOS_VALUE_1}\")\nE\necho \"${AIOS_VALUE_2}\"", line.Command);
        if (OperatingSystem.IsLinux())
            Assert.Equal("a\n1 *\n1 *\n", Run("/bin/sh", line.Command, line.Variables(Scope("1 *"))));
    }

    [Fact]
    public void All_values_together_have_a_bound()
    {
        var line = ShellLine.Parse(string.Concat(Enumerable.Repeat(": ${kwargs.v};", 10)));
        Assert.Equal(10, line.Variables(Scope(new string('x', 100_000))).Length);
        foreach (var take in new Action<IScope>[] { scope => line.Variables(scope), scope => line.Shown(scope) })
        {
            Assert.Equal(
                "the value of ${kwargs.v} and those before it have more than 1048576 bytes, the most for all values of a line. Pass it in "
                    + "kwargs, and read the file that AIOS_KWARGS_FILE names",
                Assert.Throws<ExpressionException>(() => take(Scope(new string('x', 110_000)))).Message
            );
        }
    }

    [LinuxTheory]
    [InlineData("echo $((${kwargs.v} + 1))", "8\n")]
    [InlineData("echo $(( ( ${kwargs.v} ) * ${kwargs.v} )) ${kwargs.v}", "49 7\n")]
    [InlineData("if [ ${kwargs.v} -gt 1 ]; then echo \"$(( $(echo ${kwargs.v}) ))\"; fi", "7\n")]
    public void Numbers_can_be_reckoned_with(string line, string printed) => Assert.Equal(printed, Run("/bin/sh", line, "7"));

    [Theory]
    [InlineData("cat <<'E'\n${kwargs.v}\nE", "in a here-document whose lines the shell leaves as they are; write <<E without quotes")]
    [InlineData("cat <<\\E\n${kwargs.v}\nE", "in a here-document whose lines the shell leaves as they are; write <<E without quotes")]
    [InlineData("cat <<${kwargs.v}\nx\nE", "in the word that ends a here-document")]
    [InlineData("cat <<E\n$(echo\nE\n) ${kwargs.v}\n", "in a line with a here-document that ends within")]
    [InlineData("echo $'${kwargs.v}'", "between $' and '")]
    [InlineData("echo \"`printf %s \\\"${kwargs.v}\\\"`\"", "behind \\\" in `...` between double quotes")]
    public void Where_no_value_can_be_is_a_mistake_in_the_list(string line, string words)
    {
        var error = Assert.Throws<ExpressionException>(() => ShellLine.Parse(line));
        Assert.StartsWith("no value can be " + words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_no_variable_can_hold_is_refused_by_its_name()
    {
        var line = ShellLine.Parse("echo ${kwargs.v}");
        var most = new string('x', (128 * 1024) - "AIOS_VALUE_1=".Length - 1);
        Assert.Equal(most, Assert.Single(line.Variables(Scope(most))).Value);
        Assert.Equal(
            "the value of ${kwargs.v} is 131059 bytes long; the system takes at most 131058 in one variable of a program. Pass it in "
                + "kwargs, and read the file that AIOS_KWARGS_FILE names",
            Assert.Throws<ExpressionException>(() => line.Variables(Scope(most + "x"))).Message
        );
        Assert.Contains(
            "holds a NUL character",
            Assert.Throws<ExpressionException>(() => line.Variables(Scope("a\0b"))).Message,
            StringComparison.Ordinal
        );
        if (OperatingSystem.IsLinux())
            Assert.Equal($"{most}\n", Run("/bin/sh", line.Command, line.Variables(Scope(most))));
    }

    [Fact]
    public void Values_of_all_types_have_the_form_that_they_have_in_a_text()
    {
        var scope = TestScope.Of("""{"kwargs": {"n": 7, "t": true, "l": [1, "a b"], "m": {"k": null}, "none": null, "s": "text"}}""");
        var line = ShellLine.Parse("echo ${kwargs.n} ${kwargs.t} ${kwargs.l} ${kwargs.m} ${kwargs.none} ${kwargs.s} ${HOME} $$");
        Assert.Equal(["7", "true", "[1, \"a b\"]", "{\"k\": null}", "null", "text"], line.Variables(scope).Select(one => one.Value));
        Assert.Equal("echo 7 true '[1, \"a b\"]' '{\"k\": null}' null text ${HOME} $$", line.Shown(scope));
    }

    [Fact]
    public void A_name_that_the_line_has_is_left_to_it()
    {
        var line = ShellLine.Parse("AIOS_VALUE_1=mine; echo $AIOS_VALUE_1 ${kwargs.v}");
        Assert.Equal("AIOS_VALUE_1=mine; echo $AIOS_VALUE_1 \"${AIOS_VALUE_2}\"", line.Command);
    }

    private static TestScope Scope(string value) => new() { ["kwargs"] = Value.OfJson($$"""{"v": {{Value.Of(value).ToJson()}}}""") };

    private void Check(string shell, string line, string value, string expected)
    {
        Assert.True(expected == Run(shell, line, value), $"{line}\nwith {Value.Of(value).ToJson()} is\n{ShellLine.Parse(line).Command}");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private string Run(string shell, string line, string value)
    {
        var parsed = ShellLine.Parse(line);
        return Run(shell, parsed.Command, parsed.Variables(Scope(value)));
    }

    private string Run(string shell, string command, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var words = shell.Split(' ');
        var start = new ProcessStartInfo(words[0], [.. words[1..], "-c", command, "sh"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors.Result);
        return printed;
    }
}
