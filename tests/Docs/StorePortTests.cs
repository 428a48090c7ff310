using System.Text.RegularExpressions;

namespace Aios.Tests.Docs;

/// <summary>
/// What knows SQL, the driver and the database's file is in src/Store/Sqlite, so that another database can be added beside
/// it.
/// </summary>
public partial class StorePortTests
{
    private const string Within = "src/Store/Sqlite/";

    // Chooses the kind of database by its address.
    private const string Choice = "src/Store/Databases.cs";

    [Fact]
    public void Nobody_outside_knows_SQL() => Assert.Empty(Outside().Where(file => Statement().IsMatch(Text(file))));

    [Fact]
    public void Nobody_outside_knows_the_driver_or_a_path() =>
        Assert.Empty(Outside().Where(file => file != Choice && Driver().IsMatch(Text(file))));

    [Fact]
    public void The_rules_find_what_they_are_for()
    {
        var inside = Directory
            .EnumerateFiles(Path.Combine(Documents.Root, Within), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();
        Assert.True(inside.Count(text => Statement().IsMatch(text)) > 20);
        Assert.True(inside.Count(text => Driver().IsMatch(text)) > 20);
        Assert.True(Outside().Count() > 300);
    }

    private static IEnumerable<string> Outside() =>
        Directory
            .EnumerateFiles(Path.Combine(Documents.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Documents.Root, path))
            .Where(path => !path.StartsWith(Within, StringComparison.Ordinal))
            .Append("Program.cs")
            .Order(StringComparer.Ordinal);

    private static string Text(string file) => File.ReadAllText(Path.Combine(Documents.Root, file));

    [GeneratedRegex(
        @"""[^""\n]*\b(SELECT|INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER|UNIQUE)|ALTER TABLE|PRAGMA|SAVEPOINT|BEGIN IMMEDIATE|INDEXED BY)\b|^\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM) ",
        RegexOptions.Multiline
    )]
    private static partial Regex Statement();

    [GeneratedRegex(@"\bSqlite\w*|SQLitePCL|\bDatabasePath\b|\braw\.SQLITE_")]
    private static partial Regex Driver();
}
