using System.Text.RegularExpressions;
using Aios.Store.Sqlite.Driver;
using Aios.Store.Sqlite.Schema;
using Microsoft.Data.Sqlite;

namespace Aios.Tests.Store;

/// <summary>A new database is as one that took all steps.</summary>
public sealed partial class CurrentSchemaTests
{
    [Fact]
    public void The_schema_of_a_new_database_is_what_the_steps_make()
    {
        Assert.Equal(SchemaAfter(Migrator.TakeAllSteps), SchemaAfter(CurrentSchema.Create));
    }

    [Fact]
    public void A_new_database_has_an_id_of_its_own()
    {
        Assert.NotEqual(IdAfter(CurrentSchema.Create), IdAfter(CurrentSchema.Create));
    }

    private static List<string> SchemaAfter(Action<Statements> make)
    {
        using var database = SqliteDatabase.Open(SqliteDatabase.InMemory, SqliteOpenMode.ReadWriteCreate);
        using var sql = new Statements(database);
        make(sql);
        return sql.Query("SELECT type, name, sql FROM sqlite_master ORDER BY name", row =>
            $"{row.GetString(0)} {row.GetString(1)}: {(row.IsDBNull(2) ? "" : Blanks().Replace(row.GetString(2), ""))}"
        );
    }

    private static string? IdAfter(Action<Statements> make)
    {
        using var database = SqliteDatabase.Open(SqliteDatabase.InMemory, SqliteOpenMode.ReadWriteCreate);
        using var sql = new Statements(database);
        make(sql);
        return sql.Scalar<string>("SELECT value FROM config WHERE key = 'database_id'");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
