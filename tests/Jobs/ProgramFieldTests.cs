using Aios.Jobs;

namespace Aios.Tests.Jobs;

/// <summary>The ways to say what is run, and with which variables.</summary>
public sealed class ProgramFieldTests
{
    [Fact]
    public void A_line_for_a_shell_is_read_and_written_again()
    {
        var job = Lists.Job("- {name: a, type: trigger, shell: \"ls | wc -l > n.txt\"}");
        Assert.Equal("ls | wc -l > n.txt", ((ShellWork)job.Work).Line);
        Assert.Equal(JobJson.Write(job), JobJson.Write(Lists.Job("[" + JobJson.Write(job) + "]")));
    }

    [Theory]
    [InlineData("shell: \"\"", "expected a command line for /bin/sh")]
    [InlineData("shell: [ls]", "expected a command line for /bin/sh")]
    [InlineData("shell: ls\n  command: [ls]", "\"command\" and \"shell\" exclude each other")]
    [InlineData("shell: ls\n  file: a.py", "\"file\" and \"shell\" exclude each other")]
    [InlineData("shell: ls\n  function: main", "needs a \"file\"")]
    [InlineData("shell: ls\n  python: python3", "needs a \"file\"")]
    public void What_makes_no_sense_is_told(string lines, string words)
    {
        var error = Lists.Errors($"- name: a\n  type: trigger\n  {lines}\n");
        Assert.Contains(error, text =>
            text.Contains(words, StringComparison.Ordinal)
            || words.Contains("exclude", StringComparison.Ordinal) && text.Contains("exclude each other", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(
        "[cat, a.txt, \"|\", wc]",
        "\"|\" is given to the program as an argument; write the whole line as shell: \"cat a.txt | wc\""
    )]
    [InlineData("[echo, a, \">\", b]", "\">\" is given")]
    [InlineData("[make, \"&&\", make, install]", "\"&&\" is given")]
    [InlineData("[a, \"2>&1\"]", "\"2>&1\" is given")]
    [InlineData("[a, \";\", b]", "\";\" is given")]
    [InlineData("[\"echo a b\"]", "names one program, \"echo a b\", blanks included; write a list: [\"echo\", \"a\", \"b\"]")]
    [InlineData("[\"ls | wc\"]", "a line for a shell is written as shell: \"ls | wc\"")]
    public void A_list_that_wants_a_shell_is_warned_of(string command, string words) =>
        Assert.Contains(
            words,
            Assert.Single(Lists.Parse($"- name: a\n  type: trigger\n  command: {command}\n").Warnings).ToString(),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("[sh, -c, \"ls | wc\"]")]
    [InlineData("[grep, \"a|b\", x]")]
    [InlineData("[find, ., -exec, rm, \"{}\", \";\"]")]
    [InlineData("[\"/opt/My App/run\"]")]
    [InlineData("[test, a, \">\", b]")]
    [InlineData("[echo, a]")]
    public void One_that_does_not_is_not(string command) =>
        Assert.Empty(Lists.Parse($"- name: a\n  type: trigger\n  command: {command}\n").Warnings);

    [Theory]
    [InlineData("env_file: a.env", "a.env")]
    [InlineData("env_file: -a.env", "-a.env")]
    [InlineData("env_file: [a.env, \"-/etc/b.env\"]", "a.env,-/etc/b.env")]
    [InlineData("env_file: []", "")]
    public void Files_of_variables_are_read(string line, string files)
    {
        var job = Lists.Job(Lists.Trigger(line));
        Assert.Equal(files, string.Join(',', job.EnvFiles));
        Assert.Equal(JobJson.Write(job), JobJson.Write(Lists.Job("[" + JobJson.Write(job) + "]")));
    }

    [Theory]
    [InlineData("env_file: {A: 1}")]
    [InlineData("env_file: \"\"")]
    [InlineData("env_file: \"-\"")]
    [InlineData("env_file: ~/a.env")]
    [InlineData("env_file: $HOME/a.env")]
    [InlineData("env_file: [a.env, [b.env]]")]
    public void What_is_no_file_of_variables_is_told(string line) =>
        Assert.Contains("if it may be missing, or a list of them", Lists.Error(Lists.Trigger(line)), StringComparison.Ordinal);
}
