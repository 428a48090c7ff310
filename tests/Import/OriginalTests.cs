using System.Text.Json;
using Aios.Import;
using Aios.Jobs;
using Aios.Store;
using Aios.Store.Sqlite.Files;

namespace Aios.Tests.Import;

/// <summary>The Python original's table <c>scheduled_jobs</c>, written as a job list.</summary>
public sealed class OriginalTests
{
    private const string Table = """
        CREATE TABLE scheduled_jobs (name TEXT PRIMARY KEY, file TEXT, function TEXT, type TEXT NOT NULL, tags TEXT, retries INTEGER DEFAULT 3,
            time TEXT, after_time TEXT, before_time TEXT, interval_minutes INTEGER, priority INTEGER DEFAULT 0, enabled INTEGER DEFAULT 1)
        """;

    [Fact]
    public void Each_type_is_taken_over_with_what_belongs_to_it()
    {
        var list = Taken(
            Table,
            """
            INSERT INTO scheduled_jobs VALUES
                ('a', 'a.py', 'main', 'always', '[]', 3, NULL, NULL, NULL, NULL, 0, 1),
                ('d', 'd.py', 'main', 'daily', '["gpu", "linux"]', 1, '9:00', NULL, NULL, 5, 2, 1),
                ('i', 'i.py', 'main', 'interval', NULL, 0, '', '', '', 15, -1, 0),
                ('r', 'r.py', 'main', 'random_daily', 'mail, web', NULL, NULL, '08:00', '18:00', NULL, NULL, NULL),
                ('t', 't.py', 'main', 'trigger', '[]', 11, NULL, NULL, NULL, NULL, 0, 1),
                ('z', 'z.py', 'main', 'idle', '[]', 3, NULL, NULL, NULL, NULL, 0, 1)
            """
        );
        Assert.Empty(list.Errors);
        Assert.Equal(["always", "daily", "interval", "random_daily", "trigger", "idle"], list.Jobs.Select(job => job.Schedule.Kind.Name));
        Assert.Equal([2, 0, 0, 0, 10, 2], list.Jobs.Select(job => job.Retries));
        Assert.Equal([0, 2, -1, 0, 0, 0], list.Jobs.Select(job => job.Priority));
        Assert.Equal([true, true, false, true, true, true], list.Jobs.Select(job => job.Enabled));
        Assert.All(list.Jobs, job => Assert.Equal((job.Name + ".py", "main"), (job.Work.ProgramFile, FileWork.Of(job)!.Function)));
        Assert.Equal(new TimeOnly(9, 0), list.Find("d")!.As<Daily>().Time);
        Assert.Equal(["gpu", "linux"], list.Find("d")!.Tags);
        Assert.Equal(["mail", "web"], list.Find("r")!.Tags);
        Assert.Equal(TimeSpan.FromMinutes(15), list.Find("i")!.As<Interval>().Every);
        Assert.Equal(
            (new TimeOnly(8, 0), new TimeOnly(18, 0)),
            (list.Find("r")!.As<RandomDaily>().AfterTime, list.Find("r")!.As<RandomDaily>().BeforeTime)
        );
    }

    [Fact]
    public void What_is_missing_is_named_and_the_rest_is_written()
    {
        var list = Taken(
            Table,
            """
            INSERT INTO scheduled_jobs (name, file, function, type, retries) VALUES
                ('no_time', 'a.py', 'main', 'daily', 3), ('no_minutes', 'a.py', 'main', 'interval', 3), ('odd', 'a.py', 'main', 'weekly', 'often'), (NULL, NULL, NULL, 'trigger', NULL)
            """
        );
        Assert.Equal(
            [("no_time", "time"), ("no_minutes", null), ("odd", "type"), ("odd", "retries"), ("#4", "name"), ("#4", null)],
            list.Errors.Select(error => (error.Job, error.Field))
        );
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("5")]
    [InlineData("a: b # c")]
    [InlineData("'quoted' \"twice\" \\ {[&*!|>%@`")]
    [InlineData("- x")]
    [InlineData("Übung 日本語 🎉")]
    public void Any_text_stays_what_it_is(string text)
    {
        using var folder = new TemporaryFolder();
        using (var sql = new Sql(folder.File("o.db")))
        {
            sql.Do(Table);
            sql.Do(
                "INSERT INTO scheduled_jobs (name, file, function, type, tags) VALUES ('a', 'a.py', 'main', 'trigger', ?1)",
                JsonSerializer.Serialize<string[]>([text])
            );
        }

        var job = Assert.Single(Load(folder.File("o.db")).Jobs);
        Assert.Equal([text], job.Tags);
    }

    [Fact]
    public void Columns_of_later_versions_may_be_missing()
    {
        var list = Taken(
            "CREATE TABLE scheduled_jobs (name TEXT, file TEXT, function TEXT, type TEXT)",
            "INSERT INTO scheduled_jobs VALUES ('a', 'a.py', 'main', 'trigger')"
        );
        Assert.Empty(list.Errors);
        Assert.Equal("a", Assert.Single(list.Jobs).Name);
    }

    [Fact]
    public void A_database_without_the_table_or_no_database_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "no database at",
            Assert.Throws<StoreException>(() => OriginalJobs.Read(folder.File("o.db"))).Message,
            StringComparison.Ordinal
        );
        using (var sql = new Sql(folder.File("o.db")))
            sql.Do("CREATE TABLE jobs (job_name TEXT)");
        Assert.Contains(
            "no table scheduled_jobs",
            Assert.Throws<StoreException>(() => OriginalJobs.Read(folder.File("o.db"))).Message,
            StringComparison.Ordinal
        );
    }

    private static JobList Taken(params string[] statements)
    {
        using var folder = new TemporaryFolder();
        using (var sql = new Sql(folder.File("o.db")))
        {
            foreach (var statement in statements)
                sql.Do(statement);
        }

        return Load(folder.File("o.db"));
    }

    private static JobList Load(string database) =>
        JobListLoader.Parse(
            JobListWriter.Write(new OriginalSource().Read(new ImportRequest(null, Databases.At(database))), "original"),
            "original.yaml"
        );
}
