namespace Aios.Tests.BlackBox;

/// <summary>A database of the Python original goes on, whichever of its tables it holds.</summary>
public sealed class AdoptionTests
{
    private const string Jobs = "[{name: work, type: trigger, command: [sh, -c, 'echo \"$AIOS_KWARGS\" >> done']}]";

    // As the original made them, with rows in them. An even bit makes the earlier form, which lacks later columns.
    private static readonly Dictionary<string, string[]> Tables = new()
    {
        ["jobs"] =
        [
            "CREATE TABLE jobs (job_name TEXT PRIMARY KEY, status TEXT NOT NULL, device TEXT NOT NULL, last_update REAL NOT NULL)",
            "INSERT INTO jobs VALUES ('old', 'completed', 'desk', 1700000000.5)",
        ],
        ["logs"] =
        [
            "CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL NOT NULL, level TEXT NOT NULL, message TEXT NOT "
                + "NULL, device TEXT NOT NULL)",
            "INSERT INTO logs (timestamp, level, message, device) VALUES (1700000000, 'INFO', 'from before', 'desk')",
        ],
        ["triggers"] =
        [
            "CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT NOT NULL, args TEXT NOT NULL, kwargs TEXT NOT "
                + "NULL, created REAL NOT NULL, processed REAL)",
            "INSERT INTO triggers (job_name, args, kwargs, created, processed) VALUES ('work', '[]', '{\"n\": 1}', 1700000000, "
                + "1700000001), ('work', '[]', '{\"n\": 2}', 1700000002, NULL)",
        ],
        ["scheduled_jobs"] =
        [
            """
                CREATE TABLE scheduled_jobs (name TEXT PRIMARY KEY, file TEXT NOT NULL, function TEXT NOT NULL, type TEXT NOT NULL, tags TEXT, retries INTEGER DEFAULT 3,
                    time TEXT, after_time TEXT, before_time TEXT, interval_minutes INTEGER, priority INTEGER DEFAULT 0, enabled INTEGER DEFAULT 1)
                """,
            "INSERT INTO scheduled_jobs (name, file, function, type, tags, time) VALUES ('report', 'report.py', 'main', 'daily', "
                + "'[]', '09:00')",
        ],
        ["config"] =
        [
            "CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT, updated REAL)",
            "INSERT INTO config VALUES ('theme', 'dark', 1700000000)",
        ],
    };

    public static TheoryData<string> Subsets()
    {
        var names = Tables.Keys.ToList();
        var data = new TheoryData<string>();
        for (var bits = 1; bits < 1 << names.Count; bits++)
            data.Add(string.Join(' ', names.Where((_, i) => (bits >> i & 1) == 1)));
        return data;
    }

    [RequiresTheory]
    [MemberData(nameof(Subsets))]
    public void Each_subset_of_its_tables_is_adopted_with_all_rows(string tables)
    {
        using var home = new AiosHome(Jobs);
        var names = tables.Split(' ');
        foreach (var sql in names.SelectMany(name => Tables[name]))
            home.Execute(sql);
        home.Drain();

        if (names.Contains("jobs"))
            Assert.Equal("completed", home.Get<string>("SELECT status FROM jobs WHERE job_name = 'old' AND last_update = 1700000000.5"));
        if (names.Contains("logs"))
            Assert.Equal(1, home.Get<int>("SELECT count(*) FROM logs WHERE id = 1 AND message = 'from before'"));
        if (names.Contains("scheduled_jobs"))
            Assert.Equal("09:00", home.Get<string>("SELECT time FROM scheduled_jobs WHERE name = 'report'"));
        if (names.Contains("config"))
            Assert.Equal("dark", home.Get<string>("SELECT value FROM config WHERE key = 'theme'"));
        if (names.Contains("triggers"))
        {
            // What was handed over stays handed over; what was open is run.
            Assert.Equal(1700000001, home.Get<double>("SELECT processed FROM triggers WHERE id = 1"));
            Assert.Equal("succeeded", home.Trigger(2).Status);
            Assert.Equal(["{\"n\": 2}"], File.ReadAllLines(home.In("done")));
        }

        // The original's own INSERT goes on working.
        var trigger = home.Insert("work", """{"n": 3}""");
        home.Drain();
        Assert.Equal("succeeded", home.Trigger(trigger).Status);
        Assert.Equal("ok", home.Get<string>("PRAGMA integrity_check"));
    }

    [RequiresFact]
    public void Tables_without_their_later_columns_are_brought_forward()
    {
        using var home = new AiosHome(Jobs);
        home.Execute(
            "CREATE TABLE triggers (id INTEGER PRIMARY KEY AUTOINCREMENT, job_name TEXT NOT NULL, args TEXT NOT NULL, kwargs TEXT NOT "
                + "NULL, created REAL NOT NULL)"
        );
        home.Execute("INSERT INTO triggers (job_name, args, kwargs, created) VALUES ('work', '[]', '{}', 1700000000)");
        home.Drain();
        Assert.Equal("succeeded", home.Trigger(1).Status);
    }

    [RequiresFact]
    public void A_thousand_open_rows_of_the_original_are_all_run()
    {
        using var home = new AiosHome(Jobs);
        foreach (var sql in Tables["triggers"])
            home.Execute(sql);
        home.InsertMany("work", 1000);
        home.Drain();
        Assert.Equal(1001, home.Get<int>("SELECT count(*) FROM triggers WHERE status = 'succeeded'"));
        Assert.Equal(1001, File.ReadAllLines(home.In("done")).Length);
    }

    [RequiresFact]
    public void Its_scheduled_jobs_are_written_as_a_job_list_once()
    {
        using var home = new AiosHome(Jobs);
        foreach (var sql in Tables["scheduled_jobs"])
            home.Execute(sql);
        home.Execute("INSERT INTO scheduled_jobs (name, file, function, type) VALUES ('vague', 'vague.py', 'main', 'daily')");
        var unknown = home.Cli("init", "--from", "orignal").Exits(2);
        Assert.Contains("Did you mean \"original\"?", unknown.Error, StringComparison.Ordinal);

        var first = home.Cli("init", "--from", "original").Exits(0);
        Assert.Contains("2 jobs taken over", first.Out, StringComparison.Ordinal);
        Assert.Contains("job \"vague\", field \"time\": missing", first.Out, StringComparison.Ordinal);
        home.Cli("jobs", "validate").Exits(2);

        var completed = File.ReadAllText(home.In("Jobs", "original.yaml"))
            .Replace("- name: vague", "- name: vague\n  time: \"10:00\"", StringComparison.Ordinal);
        File.WriteAllText(home.In("Jobs", "original.yaml"), completed);
        home.Cli("jobs", "validate").Exits(0);
        Assert.Equal(2, home.Cli("jobs", "show", "report", "--json").Exits(0).Json.GetProperty("retries").GetInt32());

        home.Cli("init", "--from", "original").Exits(1);
        Assert.Equal(completed, File.ReadAllText(home.In("Jobs", "original.yaml")));
    }
}
