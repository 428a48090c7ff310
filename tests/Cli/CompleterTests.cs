using Aios.Cli;
using Aios.Cli.Completion;

namespace Aios.Tests.Cli;

public sealed class CompleterTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public CompleterTests()
    {
        Directory.CreateDirectory(_home.File("Jobs"));
        File.WriteAllText(
            _home.File("Jobs/jobs.yaml"),
            "[{name: work, type: trigger, description: Works, command: [x]}, {name: wash, type: trigger, command: [x]}, {name: mail, "
                + "type: trigger, command: [x]}]"
        );
    }

    [Theory]
    [InlineData("tri", "trigger")]
    [InlineData("st", "stop,status,state")]
    [InlineData("jobs sh", "show")]
    [InlineData("trigger w", "wash,work")]
    [InlineData("logs --lines 5 ma", "mail")]
    [InlineData("trigger work --wa", "--wait")]
    [InlineData("status --ho", "--home")]
    [InlineData("state get --sh", "--shared")]
    [InlineData("state list --job wo", "work")]
    [InlineData("runs --status succ", "succeeded")]
    [InlineData("keys add --role op", "operator")]
    [InlineData("completion f", "fish")]
    [InlineData("logs --level wa", "warning")]
    [InlineData("trigger -- w", "wash,work")]
    [InlineData("nonsense nonsense x", "")]
    public void What_fits_is_offered(string line, string words) =>
        Assert.Equal(words, string.Join(',', Of(line).Items.Select(item => item.Word)));

    [Theory]
    [InlineData("backup ", true)]
    [InlineData("status --db ", true)]
    [InlineData("next --list ", true)]
    [InlineData("trigger ", false)]
    public void Names_of_files_are_left_to_the_shell(string line, bool wanted) => Assert.Equal(wanted, Of(line).OrFiles);

    [Fact]
    public void What_must_not_be_typed_by_people_is_not_offered() => Assert.DoesNotContain(Of("").Items, item => item.Word.StartsWith('_'));

    [Fact]
    public void A_home_without_jobs_offers_none() => Assert.Empty(Complete(["--home", _home.File("none"), "trigger"], "").Items);

    public void Dispose() => _home.Dispose();

    private Completions Of(string line)
    {
        var words = line.Split(' ');
        return Complete(["--home", _home.Path, .. words[..^1]], words[^1]);
    }

    private static Completions Complete(string[] before, string word) =>
        new Completer(AiosCommandLine.Create(new CliContext(TextWriter.Null, TextWriter.Null, TimeProvider.System))).Of(before, word);
}
