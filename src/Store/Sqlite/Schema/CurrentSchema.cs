using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// What all steps of <see cref="Migrator"/> come to, for a new database: <c>schema.sql</c>. The steps alter tables again and again,
/// and SQLite reads the whole schema each time.
/// </summary>
internal static class CurrentSchema
{
    private const string FileName = "schema.sql";

    /// <summary>Creates it in an empty database.</summary>
    public static void Create(Statements sql)
    {
        sql.Run(Read());
        InitialSchema.NameDatabase(sql);
    }

    private static string Read()
    {
        using var stream = typeof(CurrentSchema).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
