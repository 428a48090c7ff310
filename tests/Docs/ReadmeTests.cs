using System.CommandLine;
using System.Diagnostics;
using Aios.Cli;
using Aios.Jobs;
using Aios.Store.Sqlite;
using Aios.Tests.BlackBox;

namespace Aios.Tests.Docs;

public class ReadmeTests
{
    [Fact]
    public void The_table_of_job_fields_is_the_one_that_the_code_generates() =>
        Assert.Equal(JobFieldTable.Markdown().Trim(), Documents.Between("docs/job-list.md", "job-fields").Trim());

    [Fact]
    public void The_short_list_of_job_fields_leaves_none_out()
    {
        var readme = Documents.Read("README.md");
        Assert.All(JobFields.Standard.All.Where(field => field.Name is not ("name" or "description" or "interval_minutes")), field =>
            Assert.Contains($"`{field.Name}`", readme, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_table_of_settings_has_each_setting_of_the_home()
    {
        var table = Documents.Between("README.md", "settings");
        Assert.All(SettingsOfTheHome(), name => Assert.Contains($"`{name}`", table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_of_settings_has_each_option_of_the_daemon()
    {
        var command = new Command("run");
        new RunOptions().AddTo(command);
        var table = Documents.Between("README.md", "settings");
        Assert.All(command.Options.Append(SharedOptions.Home).Append(SharedOptions.Database), option =>
            Assert.Contains($"`{option.Name}`", table, StringComparison.Ordinal)
        );
    }

    [RequiresFact(Need.Python)]
    public void The_Python_snippet_adds_a_trigger()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("orchestrator.db");
        using var connection = SqliteStoreConnection.Open(path);
        var snippet = Assert.Single(Documents.Blocks("README.md", "python"));

        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", snippet.Text]) { WorkingDirectory = folder.Path })!;
        python.WaitForExit();

        using var sql = new Sql(path);
        Assert.Equal(0, python.ExitCode);
        Assert.Equal(
            """{"prompt": "test"}""",
            sql.Scalar<string>("SELECT kwargs FROM triggers WHERE job_name = 'llm_processor' AND status = 'queued'")
        );
    }

    [RequiresFact(Need.Python)]
    public void A_job_of_ones_own_is_added_as_it_says()
    {
        var job = Documents.Blocks("README.md", "yaml").Single(block => block.Text.Contains("name: hello", StringComparison.Ordinal)).Text;
        var shell = Documents
            .Blocks("README.md", "sh")
            .Single(block => block.Text.Contains("Programs/hello.py", StringComparison.Ordinal))
            .Text;
        using var home = new AiosHome(job);
        home.Start();
        var start = new ProcessStartInfo("sh", ["-c", $"aios() {{ \"$AIOS\" \"$@\"; }}\n{shell}"]) { WorkingDirectory = home.Folder };
        start.Environment["AIOS"] = AiosProcess.Executable;
        Assert.Equal("Hello, Ada!\n", CliResult.Of(start).Exits(0).Out);
    }

    // What the program itself names when it meets one that it does not know.
    private static string[] SettingsOfTheHome()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(SettingsFile.Name), "no_such_setting: 1\n");
        var message = Assert.Throws<CommandLineException>(() => SettingsFile.Read(folder.File(SettingsFile.Name))).Message;
        return message[(message.IndexOf("Known ones: ", StringComparison.Ordinal) + "Known ones: ".Length)..].TrimEnd('.').Split(", ");
    }
}
