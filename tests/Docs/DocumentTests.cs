using System.CommandLine;
using System.Text.Json;
using Aios.Cli;
using Aios.Jobs;
using Aios.Models.Configuration;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Sqlite;

namespace Aios.Tests.Docs;

public class DocumentTests
{
    private const string SettingsBlock = "yaml aios.yaml";
    private const string ModelsBlock = "yaml models.yaml";

    // A test of pages that have nothing of its kind would look at nothing.
    public static TheoryData<string> PagesWithJobLists => With(page => JobLists(page).Any());

    public static TheoryData<string> PagesWithSettings => With(page => Documents.Blocks(page, SettingsBlock).Any());

    public static TheoryData<string> PagesWithModels => With(page => Documents.Blocks(page, ModelsBlock).Any());

    public static TheoryData<string> PagesWithSql => With(page => Documents.Blocks(page, "sql").Any());

    public static TheoryData<string> PagesWithJson => With(page => Documents.Blocks(page, "json").Any());

    public static TheoryData<string> PagesWithVerbs => With(page => Verbs(page).Any());

    [Theory]
    [MemberData(nameof(PagesWithJobLists))]
    public void Each_job_list_on_a_page_is_a_good_one(string page)
    {
        var mistakes = JobLists(page).SelectMany(block => JobListLoader.Parse(block.Text, $"{page} (block in line {block.Line})").Errors);
        Assert.Empty(mistakes.Select(mistake => mistake.ToString()));
    }

    [Theory]
    [MemberData(nameof(PagesWithSettings))]
    public void Each_settings_file_on_a_page_is_a_good_one(string page)
    {
        using var folder = new TemporaryFolder();
        foreach (var block in Documents.Blocks(page, SettingsBlock))
        {
            File.WriteAllText(folder.File(SettingsFile.Name), block.Text);
            Assert.NotNull(SettingsFile.Read(folder.File(SettingsFile.Name)));
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithModels))]
    public void Each_models_file_on_a_page_is_a_good_one(string page) =>
        Assert.All(Documents.Blocks(page, ModelsBlock), block => Assert.Empty(ModelSettingsLoader.Read(block.Text).Errors));

    public static TheoryData<string> PagesWithLinks =>
        [.. Documents.Names.Concat(Documents.OfExamples).Where(page => Documents.Links(page).Any())];

    [Theory]
    [MemberData(nameof(PagesWithLinks))]
    public void Each_link_of_a_page_leads_to_something(string page)
    {
        var dead = Documents
            .Links(page)
            .Where(link => !LeadsSomewhere(page, link.Target))
            .Select(link => $"{page}:{link.Line}: {link.Target}");
        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(PagesWithSql))]
    public void Each_statement_on_a_page_is_one_that_the_database_takes(string page)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("orchestrator.db");
        using var connection = SqliteStoreConnection.Open(path);
        using var sql = new Sql(path);
        foreach (var block in Documents.Blocks(page, "sql"))
            sql.Do(block.Text);
    }

    [Theory]
    [MemberData(nameof(PagesWithJson))]
    public void Each_JSON_on_a_page_can_be_read(string page)
    {
        foreach (var block in Documents.Blocks(page, "json"))
            JsonDocument.Parse(block.Text).Dispose();
    }

    [Fact]
    public void Each_page_is_in_the_list_of_pages()
    {
        var listed = Documents.Links("docs/README.md").Select(link => link.Target.Split('#')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            Documents.Names.Select(name => Path.GetRelativePath("docs", name)).Except(["README.md"]).Where(name => !listed.Contains(name))
        );
    }

    [Fact]
    public void Each_status_is_explained()
    {
        var page = Documents.Read("docs/queue.md");
        Assert.All(Enum.GetValues<RunStatus>(), status => Assert.Contains($"| `{status.Name()}` |", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PagesWithVerbs))]
    public void Each_verb_and_option_that_a_page_names_in_its_text_is_there(string page)
    {
        var root = AiosCommandLine.Create(new CliContext(TextWriter.Null, TextWriter.Null, TimeProvider.System));
        Assert.Empty(
            Verbs(page)
                .Select(code => Unknown(root, code.Text) is { } unknown ? $"{page}:{code.Line}: {code.Text}: {unknown}" : null)
                .OfType<string>()
        );
    }

    private static TheoryData<string> With(Func<string, bool> has) => [.. Documents.Names.Where(has)];

    private static IEnumerable<DocumentBlock> JobLists(string page) =>
        Documents
            .Blocks(page)
            .Where(block =>
                block.Kind == "yaml"
                || (
                    block.Language == "yaml"
                    && block.File is not null
                    && !block.Text.Contains(Documents.MeantMistake, StringComparison.Ordinal)
                )
            );

    private static IEnumerable<(int Line, string Text)> Verbs(string page) =>
        Documents.Codes(page).Where(code => code.Text.StartsWith("aios ", StringComparison.Ordinal));

    // The first word of a command that the program does not know; what it takes as a value may be anything.
    private static string? Unknown(Command root, string text)
    {
        var (command, isVerb) = (root, true);
        foreach (
            var word in text.Split('|', '>')[0]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(word => word.Trim('[', ']', '\\'))
                .Where(word => word.Length > 0)
        )
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                isVerb = false;
                if (word != "--help" && !root.Options.Concat(command.Options).Any(option => option.Name == word))
                    return word;
            }
            else if (isVerb && command.Subcommands.FirstOrDefault(verb => verb.Name == word || verb.Aliases.Contains(word)) is { } next)
                command = next;
            else if (isVerb && command == root && word.Any(char.IsAsciiLetterLower))
                return word;
            else
                isVerb = false;
        }

        return null;
    }

    private static bool LeadsSomewhere(string page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal))
            return true;
        var parts = target.Split('#', 2);
        var file =
            parts[0].Length == 0
                ? page
                : Path.GetRelativePath(Documents.Root, Path.Combine(Documents.Root, Path.GetDirectoryName(page)!, parts[0]));
        var path = Path.Combine(Documents.Root, file);
        if (!File.Exists(path) && !Directory.Exists(path))
            return false;
        return parts.Length == 1 || Documents.Anchors(file).Contains(parts[1]);
    }
}
