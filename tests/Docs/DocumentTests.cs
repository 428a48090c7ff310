using Aios.Cli;
using Aios.Jobs;
using Aios.Queue;
using Aios.Tests.Support;

namespace Aios.Tests.Docs;

public class DocumentTests
{
    public static TheoryData<string> Pages => [.. Documents.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_job_list_on_a_page_is_a_good_one(string page)
    {
        var mistakes = Documents.Blocks(page, "yaml")
            .SelectMany(block => JobListLoader.Parse(block.Text, $"{page} (block in line {block.Line})").Errors);
        Assert.Empty(mistakes.Select(mistake => mistake.ToString()));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_settings_file_on_a_page_is_a_good_one(string page)
    {
        using var folder = new TemporaryFolder();
        foreach (var block in Documents.Blocks(page, "yaml aios.yaml"))
        {
            File.WriteAllText(folder.File(SettingsFile.Name), block.Text);
            Assert.NotNull(SettingsFile.Read(folder.File(SettingsFile.Name)));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Each_link_of_a_page_leads_to_something(string page)
    {
        var dead = Documents.Links(page).Where(link => !LeadsSomewhere(page, link.Target)).Select(link => $"{page}:{link.Line}: {link.Target}");
        Assert.Empty(dead);
    }

    [Fact]
    public void Each_statement_on_the_page_about_the_queue_is_one_that_the_database_takes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("orchestrator.db");
        using var connection = QueueConnection.Open(path);
        using var sql = new Sql(path);
        foreach (var block in Documents.Blocks("docs/queue.md", "sql")) sql.Do(block.Text);
    }

    [Fact]
    public void Each_status_is_explained()
    {
        var page = Documents.Read("docs/queue.md");
        Assert.All(Enum.GetValues<RunStatus>(), status => Assert.Contains($"| `{status.Name()}` |", page, StringComparison.Ordinal));
    }

    private static bool LeadsSomewhere(string page, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal)) return true;
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetRelativePath(Documents.Root, Path.Combine(Documents.Root, Path.GetDirectoryName(page)!, parts[0]));
        var path = Path.Combine(Documents.Root, file);
        if (!File.Exists(path) && !Directory.Exists(path)) return false;
        return parts.Length == 1 || Documents.Anchors(file).Contains(parts[1]);
    }
}
