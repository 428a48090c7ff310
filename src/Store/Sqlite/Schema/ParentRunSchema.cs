using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>The run that asked for a trigger, as a model asks for its tools. Before, only the note of a row named it.</summary>
internal static class ParentRunSchema
{
    public static void Apply(Statements sql)
    {
        sql.Execute("ALTER TABLE triggers ADD COLUMN parent_run_id INTEGER");
        sql.Execute(
            """
            UPDATE triggers SET parent_run_id = CAST(substr(note, length('a tool of run ') + 1) AS INTEGER)
            WHERE processed IS NULL AND source = 'tool' AND note LIKE 'a tool of run %'
            """
        );
        sql.Execute("CREATE INDEX triggers_by_parent ON triggers (parent_run_id) WHERE processed IS NULL AND parent_run_id IS NOT NULL");
    }
}
