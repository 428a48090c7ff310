namespace Aios.Store.Sqlite.Pruning;

/// <summary>
/// Rows that are over, of one job after the other, in order of id. Each question costs the same however much history
/// there is.
/// </summary>
internal interface IPrunableRows
{
    /// <summary>The table that they are rows of.</summary>
    string Table { get; }

    /// <summary>How many groups the rows of a job are counted in.</summary>
    int Groups { get; }

    /// <summary>The next job by name that has such rows, or null.</summary>
    object? JobAfter(object? job);

    /// <summary>
    /// The row that has <paramref name="skip"/> newer ones of its group between it and <paramref name="below"/>, or null.
    /// </summary>
    long? Below(object job, int group, long below, long skip);

    /// <summary>Rows above <paramref name="afterId"/>, the oldest first.</summary>
    List<HistoryRow> Oldest(object job, int group, long afterId, int limit);

    /// <summary>The row of the job's latest run, which is kept so that people see it; 0 if there is none.</summary>
    long Latest(object job);

    /// <summary>Removes a row with all that belongs to it; false if the budget was spent before that was done.</summary>
    bool Remove(long id, PruneBudget budget);
}
