using Aios.Jobs.Places;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>Reads the map of one job, or that of <c>defaults</c>, field by field.</summary>
internal static class JobReader
{
    /// <summary>The job, or null where something is wrong with it; everything that is has been told.</summary>
    /// <param name="node">What stands where a job should.</param>
    /// <param name="above">The job before it in its list.</param>
    /// <param name="number">Its place in the file, from 1: what it is called as long as it has no name.</param>
    public static Job? Read(YamlNode node, YamlNode? above, int number, JobDefaults defaults, Reporter report)
    {
        var before = report.Problems.Count;
        if (node is not YamlMap map)
        {
            report
                .ForJob($"#{number}")
                .Unexpected(node, $"the fields of a job, such as \"name: report\" and \"type: daily\"{Misplaced.AsJob(node, above)}");
            return null;
        }

        report = report.ForJob(Label(map, number));
        map = report.Fields.Flatten(map, report);
        var blank = JobDefaults.None.Values with
        {
            DefinedAt = $"{report.File}:{map.Line}",
            Schedule = ScheduleOf(map, defaults, report.Fields),
            Work = WorkOf(map, defaults, report.Fields),
            Place = PlaceOf(map, defaults, report.Fields),
        };
        var (job, given) = ReadFields(map, blank, static _ => true, report);
        var type = report.Fields.Type;
        var isTypeKnown = IsTypeKnown(given.Has(type) ? given : defaults.Given, type);
        job = defaults.Under(job, given, isTypeKnown, report.Fields);
        JobRules.Check(job, given, map, isTypeKnown, report);
        return report.Problems.Count == before && !defaults.Given.HasWrong ? job : null;
    }

    /// <summary>A step of a flow, or null where something is wrong with it; everything that is has been told.</summary>
    /// <param name="node">What stands where a step should.</param>
    /// <param name="above">The step before it.</param>
    /// <param name="number">Its place in the flow, from 1.</param>
    /// <param name="report">That of the flow's job.</param>
    public static FlowStep? ReadStep(YamlNode node, YamlNode? above, int number, Reporter report)
    {
        report = report with { Fields = StepFields.Instance };
        if (node is YamlMap map)
            return StepReader.Read(map, number, report);
        report
            .ForJob($"{report.Job}/#{number}")
            .Unexpected(node, $"the fields of a step, such as \"name: check\" and \"file: check.py\"{Misplaced.AsJob(node, above)}");
        return null;
    }

    /// <summary>The values that a file's jobs share. Wrong ones are told, and left out.</summary>
    public static JobDefaults ReadDefaults(YamlNode node, Reporter report)
    {
        if (node.IsNull)
            return JobDefaults.None;
        if (node is not YamlMap map)
        {
            report.Unexpected(node, "a map of fields under \"defaults\", such as \"retries: 3\"");
            return JobDefaults.None;
        }

        var (values, given) = ReadFields(map, JobDefaults.None.Values, static field => field.MayBeDefault, report);
        CheckRivals(given, report);
        return new JobDefaults(values, given);
    }

    // The kinds come first, for a schedule, work or place holds the fields of its kind.
    private static JobSchedule ScheduleOf(YamlMap map, JobDefaults defaults, JobFields fields)
    {
        var scratch = defaults.Values;
        if (map.Find(fields.Type.Name) is { Value.IsNull: false } entry)
            fields.Type.TryRead(entry.Value, new Reporter(new ProblemList(), ""), ref scratch);
        return scratch.Schedule.Kind.Blank;
    }

    internal static JobWork WorkOf(YamlMap map, JobDefaults defaults, JobFields fields)
    {
        var kind = fields.Works.FirstOrDefault(kind => IsIn(map, kind.Key))
            ?? fields.Works.FirstOrDefault(kind => defaults.Given.Has(kind.Key));
        return kind?.Blank ?? JobDefaults.None.Values.Work;
    }

    internal static JobPlace PlaceOf(YamlMap map, JobDefaults defaults, JobFields fields)
    {
        var kind = fields.Places.FirstOrDefault(kind => kind.Key is { } key && IsIn(map, key))
            ?? fields.Places.FirstOrDefault(kind => kind.Key is { } key && defaults.Given.Has(key));
        return (kind ?? fields.Places[0]).Blank;
    }

    private static bool IsIn(YamlMap map, JobField field) => map.Find(field.Name) is { Value.IsNull: false };

    internal static (Job Job, GivenFields Given) ReadFields(YamlMap map, Job job, Func<JobField, bool> isAllowed, Reporter report)
    {
        var given = new GivenFields();
        report.Once(map);
        foreach (var entry in map.Entries)
        {
            if (report.Fields.Find(entry.Name) is not { } field || !isAllowed(field))
                TellUnknown(map, entry, isAllowed, report);
            else if (given.Entry(field) is { } other)
                CheckOtherName(entry, other, report);
            else if (!entry.Value.IsNull)
            {
                given.Add(field, entry);
                if (!TryRead(field, entry, report, ref job))
                    given.AddWrong(field);
            }
        }

        return (job, given);
    }

    // A value of a step that has references need not have the form of its field yet.
    private static bool TryRead(JobField field, YamlEntry entry, Reporter report, ref Job job)
    {
        if (!report.Fields.HasTypes && StepFields.TakesReferences(field) && StepReferences.AreIn(entry.Value))
        {
            field.TryRead(entry.Value, report with { Problems = new ProblemList() }, ref job);
            return true;
        }

        return field.TryRead(entry.Value, report.ForField(entry.Name), ref job);
    }

    // The same name twice has been told already.
    private static void CheckOtherName(YamlEntry entry, YamlEntry other, Reporter report)
    {
        if (entry.Name != other.Name)
            report.Error(
                entry.Key,
                $"{YamlScalar.Quoted(entry.Name)} and {YamlScalar.Quoted(other.Name)} are two names of the same field; keep one of them"
            );
    }

    private static void TellUnknown(YamlMap map, YamlEntry entry, Func<JobField, bool> isAllowed, Reporter report)
    {
        if (report.Fields.Find(entry.Name) is { } field)
        {
            report.ForField(field.Name).Error(entry.Key, "cannot be among the defaults; each job has its own");
            return;
        }

        var nearest = report.Nearest(entry.Name, report.Fields.All.Where(isAllowed).SelectMany(known => known.Names));
        var hint = report.Problems.IsFull ? "" : Misplaced.AsField(map, entry, report.Fields);
        report.Error(entry.Key, $"unknown field {YamlScalar.Quoted(entry.Name)}{hint}", entry.Key.Found, nearest);
    }

    private static void CheckRivals(GivenFields given, Reporter report)
    {
        foreach (var group in given.Own().Where(own => own.Field.OneOf is not null).GroupBy(own => own.Field.OneOf))
        {
            if (group.Count() > 1)
                report.Error(
                    group.Last().Entry.Key,
                    $"\"{group.First().Field.Name}\" and \"{group.Last().Field.Name}\" exclude each other; keep one of them"
                );
        }
    }

    private static bool IsTypeKnown(GivenFields given, JobField type) => given.Has(type) && !given.IsWrong(type);

    internal static string Label(YamlMap map, int number) =>
        map.Find("name")?.Value is YamlScalar { IsNull: false, Text.Length: > 0 } name ? YamlScalar.Quoted(name.Text)[1..^1] : $"#{number}";
}
