using System.Collections.Immutable;
using Aios.Jobs.Yaml;
using Aios.Scheduling;

namespace Aios.Jobs.Schedules;

/// <summary><c>type: cron</c></summary>
internal sealed class CronKind : ScheduleKind
{
    public static readonly CronKind Instance = new();

    private readonly JobField _expression = new JobField<CronExpression?>("cron", new CronExpressionFormat())
    {
        Description = "The schedule, as a cron expression.",
        Example = "\"*/5 * * * *\"",
        IsForAll = false,
        IsRequired = true,
        Get = job => (job.Schedule as Cron)?.Expression,
        Set = (job, value) => job.With<Cron>(cron => cron with { Expression = value }),
    };

    public CronKind() => Fields = [_expression, SharedFields.TimeZone, SharedFields.CatchUp];

    public override string Name => "cron";

    public override JobSchedule Blank { get; } = new Cron();

    internal override ImmutableArray<JobField> Fields { get; }

    internal override void Check(Job job, GivenFields given, YamlMap map, Reporter report)
    {
        if (job.Schedule is not Cron { Expression: { } cron } || !cron.SeededBy(job.Name).NeverOccurs)
            return;

        var entry = given.Entry(_expression);
        report
            .ForField(_expression.Name)
            .Warn(
                (YamlNode?)entry?.Key ?? map,
                $"never occurs: no year has a day that {YamlScalar.Quoted(cron.ToString())} names, so the job will not run; correct its "
                    + $"days or months",
                entry?.Value.Found
            );
    }
}
