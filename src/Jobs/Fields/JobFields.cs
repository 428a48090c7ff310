using System.Collections.Frozen;
using System.Collections.Immutable;
using Aios.Jobs.Places;
using Aios.Jobs.Schedules;
using Aios.Jobs.Works;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>
/// All fields that jobs can have, with some kinds of schedules, work and places. Loading, validation, nearest names, the JSON
/// Schema, the table in
/// docs/job-list.md and <c>--json</c> follow from them.
/// </summary>
internal sealed class JobFields
{
    /// <summary>Those of the kinds that AIOS has.</summary>
    public static readonly JobFields Standard = new(ScheduleKinds.All, WorkKinds.All, PlaceKinds.All);

    private readonly FrozenDictionary<string, JobField> _byName;
    private readonly FrozenDictionary<ScheduleKind, ImmutableArray<ImmutableArray<JobField>>> _choices;

    private readonly FrozenSet<JobField> _ofWorks;
    private readonly FrozenSet<JobField> _ofPlaces;

    public JobFields(ImmutableArray<ScheduleKind> kinds, ImmutableArray<WorkKind> works, ImmutableArray<PlaceKind> places)
        : this(FieldSet.OfJobs, kinds, works, places) { }

    /// <summary>Where there is a single kind of schedule, no field names it.</summary>
    public JobFields(FieldSet set, ImmutableArray<ScheduleKind> kinds, ImmutableArray<WorkKind> works, ImmutableArray<PlaceKind> places)
    {
        Subject = set.Subject;
        HasTypes = kinds.Length > 1;
        Kinds = kinds;
        Works = works;
        Places = places;
        Type = TypeOf(kinds);
        JobField[] ofWorks = [.. works.SelectMany(work => work.Fields), .. works.SelectMany(work => work.Details)];
        _ofWorks = ofWorks.ToFrozenSet();
        var ofPlaces = places.SelectMany(place => place.Fields).ToArray();
        _ofPlaces = ofPlaces.ToFrozenSet();
        var ofSchedules = kinds
            .SelectMany(kind => kind.Fields)
            .Distinct()
            .OrderBy(field => kinds.Count(kind => kind.Fields.Contains(field)) > 1);
        All =
        [
            .. set.First,
            .. HasTypes ? [Type] : Array.Empty<JobField>(),
            .. set.Second,
            .. ofWorks,
            .. ofPlaces,
            .. set.Middle,
            .. ofSchedules,
            .. set.Last,
        ];
        _byName = All.SelectMany(field => field.Names, (field, name) => (Name: name, Field: field))
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Field, StringComparer.Ordinal);
        _choices = kinds.ToFrozenDictionary(kind => kind, FindChoices);
    }

    /// <summary>What has the fields, in a word.</summary>
    public string Subject { get; }

    /// <summary>Whether a field names the kind of schedule.</summary>
    public bool HasTypes { get; }

    /// <summary>The fields of which exactly one says what runs: "file, command or shell".</summary>
    public string KeyNames => $"{string.Join(", ", Works.SkipLast(1).Select(work => work.Key.Name))} or {Works[^1].Key.Name}";

    /// <summary>The kinds of schedules, in the order in which a person reads about them.</summary>
    public ImmutableArray<ScheduleKind> Kinds { get; }

    /// <summary>The kinds of work.</summary>
    public ImmutableArray<WorkKind> Works { get; }

    /// <summary>The kinds of places; the first is that of jobs that name none.</summary>
    public ImmutableArray<PlaceKind> Places { get; }

    /// <summary>The field that names the kind of schedule.</summary>
    public JobField Type { get; }

    /// <summary>In the order in which a person reads about them.</summary>
    public ImmutableArray<JobField> All { get; }

    /// <summary>A job or step with the fields beside each other that may also stand inside of the one that says what runs.</summary>
    public YamlMap Flatten(YamlMap map, Reporter? report) => Works.Aggregate(map, (flat, work) => work.Flatten(flat, report));

    /// <summary>The field of that name, or of that other name; null if there is none.</summary>
    public JobField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The fields of which a job of that kind must have exactly one, group by group.</summary>
    public ImmutableArray<ImmutableArray<JobField>> Choices(ScheduleKind kind) => _choices[kind];

    /// <summary>Whether the job's value of it is in a schedule, work or place, which hold the fields of their own kind alone.</summary>
    public bool IsOfKind(JobField field) => !field.IsForAll || _ofWorks.Contains(field) || _ofPlaces.Contains(field);

    /// <summary>Whether the job's kinds of work and place have that field, if it is one of those.</summary>
    public bool Fits(JobField field, Job job) =>
        (!_ofWorks.Contains(field) || job.Work.Kind.Fields.Contains(field) || job.Work.Kind.Details.Contains(field))
        && (!_ofPlaces.Contains(field) || job.Place.Kind.Fields.Contains(field));

    /// <summary>"daily, random_daily and cron"; empty for a field of all kinds.</summary>
    public string KindsOf(JobField field)
    {
        var names = Kinds.Where(field.BelongsTo).Select(kind => kind.Name).ToArray();
        if (names.Length == Kinds.Length)
            return "";
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    /// <summary>The fields that a job can have, whichever kinds there are besides its own.</summary>
    public static IEnumerable<JobField> Of(Job job) =>
        [
            GeneralFields.Name,
            Standard.Type,
            GeneralFields.Description,
            .. job.Work.Kind.Fields,
            .. job.Work.Kind.Details,
            .. job.Place.Kind.Fields,
            .. GeneralFields.Middle,
            .. job.Schedule.Kind.Fields,
            .. GeneralFields.Last.Where(field => field.BelongsTo(job.Schedule.Kind)),
        ];

    private static JobField<ScheduleKind> TypeOf(ImmutableArray<ScheduleKind> kinds) =>
        new("type", new ScheduleKindFormat(kinds))
        {
            Description = "What makes the job run.",
            Example = "daily",
            IsRequired = true,
            Get = job => job.Schedule.Kind,
            Set = (job, kind) => job.Schedule.Kind == kind ? job : job with { Schedule = kind.Blank },
        };

    private ImmutableArray<ImmutableArray<JobField>> FindChoices(ScheduleKind kind) =>
        [
            .. All.Where(field => field.OneOf is not null && field.BelongsTo(kind))
                .GroupBy(field => field.OneOf)
                .Select(group => group.ToImmutableArray()),
        ];
}
