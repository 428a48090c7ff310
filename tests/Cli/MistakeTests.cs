using Aios.Cli;

namespace Aios.Tests.Cli;

/// <summary>What somebody reads who has mistyped: what was found, where, what was expected, and what to do.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly DirectoryInfo _empty = Directory.CreateTempSubdirectory("aios-mistake-");

    [Theory]
    [InlineData("frobnicate", "there is no verb \"frobnicate\".\nsee `aios --help`.")]
    [InlineData("statu", "there is no verb \"statu\". Did you mean \"status\"?\nsee `aios --help`.")]
    [InlineData("keys frob", "there is no verb \"frob\" of `aios keys`. There is: add, list, revoke, make.\nsee `aios keys --help`.")]
    [InlineData("keys remove nobody", "there is no verb \"remove\" of `aios keys`. Did you mean \"revoke\"?\nsee `aios keys --help`.")]
    [InlineData("notify", "`aios notify` needs one of: test.\nsee `aios notify --help`.")]
    [InlineData("trigger", "JOB is missing: aios trigger <JOB> [key=value...] [options].\nsee `aios trigger --help`.")]
    [InlineData("completion", "SHELL is missing: aios completion <SHELL> [options].\nsee `aios completion --help`.")]
    [InlineData("status extra", "\"extra\" is more than `aios status` takes: aios status [options].\nsee `aios status --help`.")]
    [InlineData(
        "init mine --from supervisord my.conf",
        "\"my.conf\" is more than `aios init` takes: aios init [FOLDER|FILE] [options]. To name both the file and the home, write "
            + "`aios init --from supervisord my.conf --home mine`.\nsee `aios init --help`."
    )]
    [InlineData("init mine yours", "\"yours\" is more than `aios init` takes: aios init [FOLDER|FILE] [options].\nsee `aios init --help`.")]
    [InlineData("status --home", "--home needs a value: --home <FOLDER>.\nsee `aios status --help`.")]
    [InlineData("jobs --jsno", "`aios jobs` has no option --jsno. Did you mean \"--json\"?\nsee `aios jobs --help`.")]
    [InlineData(
        "runs --job hello",
        "`aios runs` has no option --job; it is written without: aios runs [JOB|RUN] [options].\nsee `aios runs --help`."
    )]
    [InlineData(
        "--db --json status",
        "--db needs a value, found --json: --db <FILE>. A value that begins with -- is written --db=--json.\nsee `aios status --help`."
    )]
    [InlineData("status --home --db x", "--home needs a value, found --db: --home <FOLDER>.")]
    [InlineData("run --tags --until-idle", "--tags needs a value, found --until-idle: --tags <TAGS>.")]
    [InlineData("logs -n --follow", "--lines needs a value, found --follow: ")]
    [InlineData("trigger hello --at --wait", "--at needs a value, found --wait: ")]
    [InlineData("trigger hello --in 5x", "`aios trigger` has no option --in.")]
    public async Task Is_told_in_words(string line, string expected)
    {
        var (status, output, error) = await Run(line);
        Assert.Equal((ExitCode.Misused, ""), (status, output));
        Assert.StartsWith(expected, error.Replace("aios: ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--db --help", "Usage:\n  aios [")]
    [InlineData("--home -h", "Usage:\n  aios [")]
    [InlineData("status --db --help", "Usage:\n  aios status")]
    [InlineData("run --tags --help", "Usage:\n  aios run")]
    [InlineData("logs -n --help", "Usage:\n  aios logs")]
    [InlineData("trigger hello --at -h", "Usage:\n  aios trigger")]
    public async Task Help_is_never_taken_for_a_value(string line, string expected)
    {
        var (status, output, error) = await Run(line);
        Assert.Equal((ExitCode.Good, ""), (status, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status --home=--help")]
    [InlineData("trigger hello --home=/nowhere -- --help")]
    public async Task A_value_behind_an_equals_sign_or_two_dashes_is_a_value(string line)
    {
        var (status, output, error) = await Run(line);
        Assert.Equal((ExitCode.Misused, ""), (status, output));
        Assert.DoesNotContain("needs a value", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("top")]
    [InlineData("runs")]
    [InlineData("logs -f")]
    [InlineData("trigger hello")]
    [InlineData("stop hello")]
    [InlineData("console")]
    [InlineData("jobs")]
    public async Task A_folder_that_is_no_home_is_told_of_and_left_alone(string verb)
    {
        var (status, _, error) = await Run($"{verb} --home {_empty.FullName}");
        Assert.Equal(ExitCode.Misused, status);
        Assert.StartsWith($"aios: there is no Jobs/ folder in {_empty.FullName}. `aios init` creates", error, StringComparison.Ordinal);
        Assert.Empty(_empty.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_file_is_neither_a_home_nor_a_database()
    {
        var file = Path.Combine(_empty.FullName, "notes.txt");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("not a database ", 100)));
        Assert.Contains($"{file} is a file, but a home is a folder", (await Run($"status --home {file}")).Error, StringComparison.Ordinal);
        Assert.Contains(
            $"{file} is not a SQLite database. Name another file with --db",
            (await Run($"status --db {file}")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"there is no file {file}.yaml.", (await Run($"jobs validate {file}.yaml")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public async Task A_message_fits_the_terminal_and_leaves_what_is_to_be_copied_whole(int columns)
    {
        var (_, _, error) = await Run($"status --home {_empty.FullName}", columns);
        var lines = error.TrimEnd('\n').Split('\n');
        Assert.All(lines.Skip(1), line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.All(lines, line =>
            Assert.True(
                line.Length <= columns || !line.Trim().Contains(' ', StringComparison.Ordinal) || line.Count(letter => letter == '`') == 2,
                line
            )
        );
        Assert.Contains("`aios init --from crontab`", error, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public void Dispose() => _empty.Delete(recursive: true);

    private static async Task<(int Status, string Output, string Error)> Run(string line, int? columns = null)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var status = await AiosCommandLine.Run(
            line.Split(' '),
            new CliContext(output, error, TimeProvider.System, errorScreen: new Screen(columns, null, false))
        );
        return (status, output.ToString(), error.ToString());
    }
}
