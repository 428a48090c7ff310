using System.Collections.Immutable;
using Aios.Jobs.Schedules;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>Reads the map of one step.</summary>
internal static class StepReader
{
    // What belongs to the place of the step in its flow, and not to what it runs.
    private static readonly string[] OfPlace = ["needs", "when", "each", "max_parallel", "on_failure", "always", "recover"];

    /// <summary>The step, or null where something is wrong with it; everything that is has been told.</summary>
    public static FlowStep? Read(YamlMap given, int number, Reporter report) => Read(given, number, isRung: false, report);

    // A rung keeps what the step has, though what it does may have no use for it.
    private static FlowStep? Read(YamlMap given, int number, bool isRung, Reporter report)
    {
        report = report.ForJob($"{report.Job}/{JobReader.Label(given, number)}");
        var before = report.Problems.Count;
        var map = report.Fields.Flatten(given, report);
        var (job, fields) = ReadFields(map, report);
        JobRules.Check(job, fields, map, isTypeKnown: true, report);
        if (!isRung)
            StepUse.Check(job, fields, report);
        var json = YamlJson.Text(map, report);
        if (report.Problems.Count > before || json is null)
            return null;
        job = WithLadder(job, map, number, report);
        return report.Problems.Count > before ? null : new FlowStep(job, json, IsDynamic(fields));
    }

    /// <summary>A step whose references have been followed.</summary>
    /// <param name="json">It, as JSON.</param>
    /// <param name="error">The first of what is wrong; null if nothing is.</param>
    public static Job? ReadEvaluated(string json, out string? error)
    {
        var report = new Reporter(new ProblemList(), "step") { Fields = StepFields.Instance };
        var map = (YamlMap)YamlTree.Read(json)[0];
        var (job, fields) = ReadFields(map, report);
        JobRules.Check(job, fields, map, isTypeKnown: true, report);
        var first = report.Problems.Errors().FirstOrDefault();
        error = first is null ? null : $"{first.Field}: {first.Problem ?? $"found {first.Found}, expected {first.Expected}"}";
        return first is null ? job : null;
    }

    private static (Job Job, GivenFields Given) ReadFields(YamlMap map, Reporter report)
    {
        var blank = JobDefaults.None.Values with
        {
            DefinedAt = $"{report.File}:{map.Line}",
            Schedule = TriggerKind.Instance.Blank,
            Work = JobReader.WorkOf(map, JobDefaults.None, report.Fields),
            Place = JobReader.PlaceOf(map, JobDefaults.None, report.Fields),
        };
        return JobReader.ReadFields(map, blank, static _ => true, report);
    }

    private static bool IsDynamic(GivenFields fields) =>
        fields
            .Own()
            .Any(own =>
                StepFields.TakesReferences(own.Field)
                && !StepFields.IsEvaluatedApart(own.Field)
                && StepReferences.AreIn(own.Entry.Value, isShell: own.Field == ShellKind.Instance.Key)
            );

    private static Job WithLadder(Job job, YamlMap map, int number, Reporter report)
    {
        if (!job.Step.Recover.OfType<RecoveryRung.With>().Any())
            return job;
        var rungs = job
            .Step.Recover.Select(rung =>
                rung is RecoveryRung.With with ? with with { Step = Changed(map, with.Changes, number, report) } : rung
            )
            .ToImmutableArray();
        return job with { Step = job.Step with { Recover = rungs } };
    }

    // The step with other fields: another way to say what runs takes the place of the first.
    private static FlowStep? Changed(YamlMap map, YamlMap changes, int number, Reporter report)
    {
        changes = report.Fields.Flatten(changes, null);
        var keys = report.Fields.Works.SelectMany(work => work.Fields).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var changesWork = report.Fields.Works.Any(work =>
            changes.Find(work.Key.Name) is not null && !(work.KeepsFields && map.Find(work.Key.Name) is not null)
        );
        var changesTarget = LlmKind.TargetNames.Any(name => changes.Find(name) is not null);
        if (changes.Entries.FirstOrDefault(entry => entry.Name == "name" || OfPlace.Contains(entry.Name)) is { } wrong)
        {
            report
                .ForField("recover.with")
                .Error(wrong.Key, $"\"{wrong.Name}\" cannot be changed; it belongs to the step's place in the flow");
            return null;
        }

        var kept = map.Entries.Where(entry =>
            changes.Find(entry.Name) is null
            && !OfPlace.Contains(entry.Name)
            && !(changesWork && keys.Contains(entry.Name))
            && !(changesTarget && LlmKind.TargetNames.Contains(entry.Name))
        );
        var merged = new YamlMap(changes.Line, changes.Column, [.. kept, .. changes.Entries]);
        return Read(merged, number, isRung: true, report with { Job = report.Job![..report.Job!.LastIndexOf('/')] });
    }
}
