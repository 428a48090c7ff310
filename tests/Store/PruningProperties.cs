using Aios.Store.Pruning;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Tests.Store;

/// <summary>What holds after pruning, whatever the history, the limits, and the step at which it is interrupted.</summary>
public sealed class PruningProperties
{
    private static readonly Config Checks = Config.QuickThrowOnFailure.WithMaxTest(25).WithReplay(20260329, 7919);

    private static readonly Gen<Item> Items =
        from job in Gen.Choose(0, 3)
        from status in Gen.Elements("succeeded", "succeeded", "failed", "skipped", "queued", "waiting", "running")
        from daysAgo in Gen.Choose(0, 200)
        from isKeyed in Gen.Elements(true, false)
        from runs in Gen.Choose(0, 3)
        from goesOn in Gen.Elements(false, false, false, true)
        from lines in Gen.Elements(0, 1, 3, 40, 900)
        select new Item($"job{job}", status, daysAgo, isKeyed, runs, goesOn, lines);

    private static readonly Gen<RetentionLimits> Limits =
        from age in Gen.Elements<double?>(null, 1, 30, 90)
        from rows in Gen.Elements<long?>(null, 1, 5, 20)
        from keys in Gen.Elements(0, 30, 150)
        select new RetentionLimits
        {
            Age = age is { } days ? TimeSpan.FromDays(days) : null,
            Rows = rows,
            LogLines = null,
            Bytes = null,
            Keys = TimeSpan.FromDays(keys),
        };

    private static readonly Gen<(Item[] Items, RetentionLimits Limits, int Steps)> Cases =
        from items in Gen.ArrayOf(Items)
        from limits in Limits
        from steps in Gen.Choose(1, 40)
        select (items, limits, steps);

    [Fact]
    public void Nothing_that_is_kept_goes_and_nothing_is_left_half_removed() =>
        Check.One(Checks, Prop.ForAll(Cases.ToArbitrary(), one => Holds(one.Items, one.Limits, one.Steps)));

    private static void Holds(Item[] items, RetentionLimits limits, int steps)
    {
        using var rig = new HistoryRig();
        foreach (var (item, number) in items.Select((item, number) => (item, number)))
            item.Put(rig, number);
        var kept = Kept(rig, limits);
        var cutoffs = PruneCutoffs.Of(limits, rig.Clock.GetUtcNow());
        var place = PruneCursor.Start;
        for (var step = 0; step < steps && place.Stage != PruneStage.Done; step++)
            place = Step(rig, cutoffs, place);
        CheckWhole(rig, kept);
        rig.Prune(limits);
        CheckWhole(rig, kept);
        CheckPruned(rig, limits);
    }

    private static PruneCursor Step(HistoryRig rig, PruneCutoffs cutoffs, PruneCursor place) =>
        rig.Connection.Write(queue => queue.History.Prune(cutoffs, place, rig.Clock)).Place;

    // In other words than the code: what no limit allows to be removed.
    private static List<string> Kept(HistoryRig rig, RetentionLimits limits) =>
        rig.Sql.Column(
            """
            SELECT CAST(id AS TEXT) FROM (
                SELECT id, processed, dedup_key, row_number() OVER (PARTITION BY job_name, dedup_key IS NULL, processed IS NULL ORDER BY id DESC) AS place FROM triggers)
            WHERE processed IS NULL OR (dedup_key IS NOT NULL AND processed >= ?3)
                OR ((?1 IS NULL OR processed >= ?1) AND (?2 IS NULL OR place <= ?2))
                OR id IN (SELECT trigger_id FROM runs WHERE status = 'running')
            ORDER BY id
            """,
            limits.Age is { } age ? rig.Ago(age.TotalDays) : null,
            limits.Rows,
            rig.Ago(limits.Keys.TotalDays)
        );

    private static void CheckWhole(HistoryRig rig, List<string> kept)
    {
        Assert.Empty(kept.Except(rig.Left("triggers")));
        Assert.Equal(0, rig.Count("logs", "run_id NOT IN (SELECT id FROM runs)"));
        Assert.Equal(0, rig.Count("runs", "trigger_id NOT IN (SELECT id FROM triggers)"));
        var living = rig.Sql.Scalar<long>("SELECT coalesce(sum(attempt), 0) FROM runs WHERE status = 'running'");
        Assert.Equal(living, rig.Count("logs", "run_id IN (SELECT id FROM runs WHERE status = 'running')"));
        Assert.Equal("ok", rig.Sql.Scalar<string>("PRAGMA integrity_check"));
    }

    private static void CheckPruned(HistoryRig rig, RetentionLimits limits)
    {
        // Ages are not in the order of numbers here, so that only what stands at the front is sure to go by age.
        if (limits.Rows is not { } rows)
            return;
        Assert.Equal(
            0,
            rig.Sql.Scalar<long>(
                "SELECT count(*) FROM (SELECT 1 FROM triggers WHERE processed IS NOT NULL AND dedup_key IS NULL AND id NOT IN (SELECT "
                    + "trigger_id FROM runs WHERE status = 'running') GROUP BY job_name HAVING count(*) > ?1)",
                rows
            )
        );
    }

    /// <summary>A trigger with its runs; a living run notes in <c>attempt</c> how many lines it has.</summary>
    public sealed record Item(string Job, string Status, int DaysAgo, bool IsKeyed, int Runs, bool GoesOn, int Lines)
    {
        internal void Put(HistoryRig rig, int number)
        {
            var trigger = rig.Trigger(Job, DaysAgo, Status, IsKeyed ? $"key{number}" : null);
            for (var i = 0; i < Runs; i++)
            {
                var goesOn = GoesOn && i == Runs - 1;
                var run = rig.Run(trigger, Job, DaysAgo, goesOn ? "running" : "failed", goesOn ? 0 : Lines);
                if (!goesOn)
                    continue;
                rig.Lines(run, 0, Lines);
                rig.Sql.Do("UPDATE runs SET attempt = ?2 WHERE id = ?1", run, Lines);
            }
        }
    }
}
