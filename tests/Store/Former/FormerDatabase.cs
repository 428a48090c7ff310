using System.Globalization;
using System.Runtime.CompilerServices;
using Aios.Jobs;

namespace Aios.Tests.Store.Former;

/// <summary>A database that the executable of a former version made, kept as SQL beside this file; <c>make.py</c> writes it.</summary>
internal sealed class FormerDatabase
{
    private FormerDatabase(string name)
    {
        WasKilled = name.EndsWith("-killed", StringComparison.Ordinal);
        Sql = File.ReadAllText(Path.Combine(Folder, name + ".sql"));
        var comments = Sql.Split('\n').TakeWhile(line => line.StartsWith("-- ", StringComparison.Ordinal)).Select(line => line.Split(' '));
        foreach (var words in comments)
        {
            if (words[1] == "taken")
                Taken = Instant(words[2]);
            if (words[1] == "next")
                Next[words[2]] = Instant(words[3]);
        }
    }

    /// <summary>The folder of these files.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>The name of that of the Python original.</summary>
    public const string Original = "original";

    /// <summary>The names of those of AIOS.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "schema*.sql").Select(Path.GetFileNameWithoutExtension).Order()!;

    /// <summary>The job list of the home in which they were made.</summary>
    public static string JobList => Path.Combine(Folder, "jobs.yaml");

    /// <summary>What makes it again.</summary>
    public string Sql { get; }

    /// <summary>Whether its daemon was killed.</summary>
    public bool WasKilled { get; }

    /// <summary>All jobs of that list.</summary>
    public static Job[] Jobs => [.. JobListLoader.LoadFile(JobList, Folder).Jobs];

    /// <summary>The instant at which it was taken.</summary>
    public DateTimeOffset Taken { get; }

    /// <summary>When the executable that made it expected jobs next.</summary>
    public Dictionary<string, DateTimeOffset> Next { get; } = [];

    /// <summary>The one of that name.</summary>
    public static FormerDatabase Named(string name) => new(name);

    /// <summary>Makes it again, as a file.</summary>
    public void Restore(string path)
    {
        using var sql = new Sql(path);
        sql.Do(Sql);
    }

    /// <summary>
    /// All rows of a table, in those columns that it had in the file <paramref name="shape"/>. Texts as bytes, since not all are
    /// UTF-8.
    /// </summary>
    public static List<string> Rows(Sql shape, string table, Sql sql, string where = "true")
    {
        var columns = shape
            .Column($"SELECT name FROM pragma_table_info('{table}')")
            // Steps may write it otherwise; tests of their own look at it.
            .Where(column => (table, column) != ("triggers", "dedup_key"))
            .Select(column => $"'{column} ' || CASE typeof({column}) WHEN 'text' THEN hex({column}) ELSE quote({column}) END");
        return [.. sql.Column($"SELECT {string.Join(" || ', ' || ", columns)} FROM {table} WHERE {where}").Order(StringComparer.Ordinal)];
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string FindFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
