using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Schema;

/// <summary>
/// Brings a database to the current schema by numbered steps. The number it has reached is <c>PRAGMA user_version</c>;
/// 0 is an empty file or one of the Python original.
/// </summary>
internal static class Migrator
{
    private static readonly Action<Statements>[] Steps =
    [
        InitialSchema.Apply,
        EndedHolds.Apply,
        ScheduleSchema.Apply,
        HealthSchema.Apply,
        RowBounds.Apply,
        FlowSchema.Apply,
        FlowEvents.Apply,
        CallSchema.Apply,
        CallVerification.Apply,
        BudgetSchema.Apply,
        ParentRunSchema.Apply,
        ReconciliationSchema.Apply,
    ];

    /// <summary>The schema that this program writes.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Whether there is nothing to do.</summary>
    /// <exception cref="StoreException">The file is newer than this program.</exception>
    public static bool IsCurrent(Statements sql, string path)
    {
        var version = Version(sql);
        if (version > Steps.Length)
        {
            throw new StoreException(
                $"{path} was written by a newer AIOS (schema {version}, this program knows {Steps.Length}). Update this program."
            );
        }

        return version == Steps.Length;
    }

    /// <summary>Whether a former version of AIOS has written it, and nobody has brought it forward yet.</summary>
    public static bool IsFormer(Statements sql) => Version(sql) < Steps.Length;

    /// <summary>Takes each step that is still missing, within the caller's transaction.</summary>
    public static int BringForward(Statements sql, string path)
    {
        if (IsCurrent(sql, path))
            return Steps.Length;
        var from = Version(sql);
        if (IsEmpty(sql))
            CurrentSchema.Create(sql);
        else
            foreach (var step in Steps.Skip((int)from))
                step(sql);
        sql.Execute($"PRAGMA user_version = {Steps.Length}");
        if (from == 0)
            SchemaRepair.NoteWhole(sql);
        return Steps.Length;
    }

    /// <summary>Takes each step in an empty database; <see cref="CurrentSchema"/> is what comes of it.</summary>
    public static void TakeAllSteps(Statements sql)
    {
        foreach (var step in Steps)
            step(sql);
    }

    private static bool IsEmpty(Statements sql) => sql.Scalar<long>("SELECT count(*) FROM sqlite_master") == 0;

    private static long Version(Statements sql) => sql.Scalar<long>("PRAGMA user_version");
}
