using Aios.Store.Sqlite.Driver;

namespace Aios.Store.Sqlite.Pruning;

/// <summary>
/// What belongs to a flow that is over. It goes with the flow's trigger: its steps are no jobs whose history is counted apart.
/// </summary>
internal sealed class FlowHistory(Statements sql)
{
    private const int RowsAtOnce = 50;

    // The character after the slash that separates a flow from its step.
    private const string AfterSlash = "0";

    /// <summary>The first job from a name on that is no step, as <paramref name="find"/> finds the next from a name on.</summary>
    public static object? WithoutSteps(object? job, Func<string, object?> find)
    {
        while (job is string name && name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0)
            job = find(name[..slash] + AfterSlash);
        return job;
    }

    /// <summary>Removes all that belongs to a flow; false if the budget was spent before that was done.</summary>
    /// <param name="id">A trigger, of a flow or not.</param>
    /// <param name="removeTrigger">Removes the trigger of a step with its runs.</param>
    /// <param name="budget">What it may cost.</param>
    public bool Remove(long id, Func<long, bool> removeTrigger, PruneBudget budget)
    {
        if (sql.Query("SELECT plan_id FROM flows WHERE id = ?1", row => (long?)row.GetInt64(0), id).FirstOrDefault() is not { } plan)
            return true;
        if (!RemoveTriggers(id, removeTrigger, budget) || !RemoveSteps(id, budget))
            return false;
        sql.Execute("DELETE FROM decisions WHERE approval_id IN (SELECT id FROM approvals WHERE flow_id = ?1)", id);
        budget.Take(sql.Execute("DELETE FROM approvals WHERE flow_id = ?1", id));
        sql.Execute("DELETE FROM signals WHERE flow_id = ?1", id);
        sql.Execute("DELETE FROM flow_wakes WHERE flow_id = ?1", id);
        budget.Take(sql.Execute("DELETE FROM flows WHERE id = ?1", id));
        sql.Execute("DELETE FROM flow_plans WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM flows WHERE plan_id = ?1)", plan);
        return true;
    }

    private bool RemoveTriggers(long id, Func<long, bool> removeTrigger, PruneBudget budget)
    {
        for (var after = 0L; ; )
        {
            var found = sql.Query(
                """
                SELECT id FROM triggers INDEXED BY triggers_by_flow
                WHERE flow_id = ?1 AND id > ?2 AND processed IS NOT NULL AND instr(job_name, '/') > 0 ORDER BY id LIMIT ?3
                """,
                row => row.GetInt64(0),
                id,
                after,
                RowsAtOnce
            );
            foreach (var trigger in found)
            {
                if (budget.IsSpent || !removeTrigger(trigger))
                    return false;
            }

            if (found.Count < RowsAtOnce)
                return true;
            after = found[^1];
        }
    }

    private bool RemoveSteps(long id, PruneBudget budget)
    {
        while (true)
        {
            if (budget.IsSpent)
                return false;
            var most = budget.Rows;
            var removed = sql.Execute(
                "DELETE FROM steps WHERE flow_id = ?1 AND (step, item) IN (SELECT step, item FROM steps WHERE flow_id = ?1 LIMIT ?2)",
                id,
                most
            );
            budget.Take(removed);
            if (removed < most)
                return true;
        }
    }
}
