using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>What the fields of a job must be to one another. What a single field must be, its format knows.</summary>
internal static class JobRules
{
    /// <summary>Tells all that is wrong with the job as a whole.</summary>
    public static void Check(Job job, GivenFields given, YamlMap map, bool isTypeKnown, Reporter report)
    {
        var before = report.Problems.Count;
        CheckRequired(job, given, map, isTypeKnown, report);
        CheckChoices(job, given, map, isTypeKnown, report);
        if (isTypeKnown)
            CheckBelonging(job, given, report);
        foreach (var kind in report.Fields.Works)
            kind.Check(job, given, report);
        CheckPlace(job, given, report);
        CheckOverlap(job, given, map, report);
        job.Schedule.Kind.Check(job, given, map, report);
        if (isTypeKnown && report.Problems.Count == before)
            WarnOfSwallowed(job, given, map, report);
    }

    private static void CheckRequired(Job job, GivenFields given, YamlMap map, bool isTypeKnown, Reporter report)
    {
        foreach (var field in report.Fields.All)
        {
            if (!field.IsRequired || given.Has(field) || Misplaced.IsMisspelt(map, [field], report))
                continue;
            if (field.IsForAll)
                TellMissing(field, map, $"each {report.Fields.Subject}", report);
            else if (isTypeKnown && field.BelongsTo(job.Schedule.Kind))
                TellMissing(field, map, job.Schedule.Kind.WithArticle + " job", report);
        }
    }

    private static void TellMissing(JobField field, YamlMap map, string who, Reporter report)
    {
        var problem = $"missing; {who} needs it: {field.Expected}";
        if (Misplaced.Find(map, field) is { } inner)
            report
                .ForField(field.Name)
                .Error(inner.Entry.Key, $"{problem}. The one here stands inside \"{inner.Parent}\"; {Move(map, report)}");
        else
            report.ForField(field.Name).Error(map, problem);
    }

    private static string Move(YamlMap map, Reporter report) =>
        $"if it is meant for the {report.Fields.Subject}, begin it in column {map.Column}, as the {report.Fields.Subject}'s other fields";

    private static void CheckChoices(Job job, GivenFields given, YamlMap map, bool isTypeKnown, Reporter report)
    {
        foreach (var choice in report.Fields.Choices(job.Schedule.Kind))
        {
            if (!isTypeKnown && choice.Any(field => !field.IsForAll))
                continue;

            var found = choice.Where(given.Has).ToArray();
            if (found.Length == 0 && !Misplaced.IsMisspelt(map, choice, report))
                TellMissing(choice, map, choice[0].IsForAll ? "a" : job.Schedule.Kind.WithArticle, report);
            if (found.Length > 1)
                report.Error(
                    Place(given, found[^1], map),
                    $"\"{found[0].Name}\" and \"{found[1].Name}\" exclude each other; keep one of them"
                );
        }
    }

    private static void TellMissing(ImmutableArray<JobField> choice, YamlMap map, string article, Reporter report)
    {
        var problem = $"{Names(choice)} is missing; {article} {report.Fields.Subject} needs one of them";
        // Steps that are in the wrong place have such fields, too: the first line is where it begins.
        if (
            choice
                .Select(field => Misplaced.Find(map, field))
                .Where(found => found is not null)
                .MinBy(found => found!.Value.Entry.Key.Line) is
            { } inner
        )
            report.Error(inner.Entry.Key, $"{problem}. The one here stands inside \"{inner.Parent}\"; {Move(map, report)}");
        else
            report.Error(map, problem);
    }

    private static void CheckBelonging(Job job, GivenFields given, Reporter report)
    {
        foreach (var (field, entry) in given.Own())
        {
            if (field.BelongsTo(job.Schedule.Kind))
                continue;
            report
                .ForField(field.Name)
                .Error(
                    entry.Key,
                    $"belongs to jobs of type {report.Fields.KindsOf(field)}, and this one is {job.Schedule.Kind.Name}; remove it or "
                        + $"change the type"
                );
        }
    }

    private static void CheckPlace(Job job, GivenFields given, Reporter report)
    {
        foreach (var kind in report.Fields.Places.Where(kind => kind != job.Place.Kind))
        {
            foreach (var field in kind.Fields)
            {
                if (given.Entry(field) is not { } entry)
                    continue;
                if (field == kind.Key)
                    report.Error(entry.Key, $"\"{job.Place.Kind.Key?.Name}\" and \"{field.Name}\" exclude each other; keep one of them");
                else
                    report.ForField(field.Name).Error(entry.Key, kind.Alien);
            }
        }

        job.Place.Kind.Check(job, given, report);
    }

    private static void CheckOverlap(Job job, GivenFields given, YamlMap map, Reporter report)
    {
        if (job is not { MaxParallel: > 1, Overlap: Overlap.Skip or Overlap.Queue })
            return;

        var place = Place(given, report.Fields.Find("max_parallel")!, map);
        report
            .ForField("max_parallel")
            .Error(
                place,
                $"contradicts \"overlap: {(job.Overlap == Overlap.Skip ? "skip" : "queue")}\", by which never more than one runs; remove "
                    + $"it or write \"overlap: parallel\""
            );
    }

    private static void WarnOfSwallowed(Job job, GivenFields given, YamlMap map, Reporter report)
    {
        foreach (var (entry, parent) in Misplaced.Swallowed(map, report.Fields))
        {
            var field = report.Fields.Find(entry.Name)!;
            if (given.Has(field) || !field.BelongsTo(job.Schedule.Kind) || !CanRead(field, entry))
                continue;
            report
                .ForField(entry.Name)
                .Warn(entry.Key, $"stands inside \"{parent}\"; {Move(map, report)}, and if not, put its name in quotes");
        }

        foreach (var entry in Misplaced.Empty(map))
            report.Warn(
                entry.Key,
                $"{YamlScalar.Quoted(entry.Name)} has no value, and the line below begins in the same column; indent that line by two "
                    + $"more if it is the value, or write \"null\""
            );
    }

    private static bool CanRead(JobField field, YamlEntry entry)
    {
        var scratch = JobDefaults.None.Values;
        return !entry.Value.IsNull && field.TryRead(entry.Value, new Reporter(new ProblemList(), ""), ref scratch);
    }

    private static string Names(ImmutableArray<JobField> choice) => string.Join(" or ", choice.Select(field => $"\"{field.Name}\""));

    private static YamlNode Place(GivenFields given, JobField field, YamlMap map) => (YamlNode?)given.Entry(field)?.Key ?? map;
}
