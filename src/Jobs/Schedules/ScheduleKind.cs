using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Schedules;

/// <summary>
/// A kind of schedule, by the name that <c>type</c> has in a job list. A new kind is a folder with a record of its values and an
/// implementation of this, and one more line in <see cref="ScheduleKinds"/>.
/// </summary>
internal abstract class ScheduleKind
{
    /// <summary>As the list writes it.</summary>
    public abstract string Name { get; }

    /// <summary>Who starts its jobs.</summary>
    public virtual StartedBy StartedBy => StartedBy.Clock;

    /// <summary>When its jobs run, for people, where no instant says it: "it runs ...".</summary>
    public virtual string? When => null;

    /// <summary>Why a job that nothing hinders does not run at the moment, where that is not a matter of time.</summary>
    public virtual string? WhyNotNow => null;

    /// <summary>With an article: "a daily".</summary>
    public string WithArticle => ("aeiou".Contains(Name[0]) ? "an " : "a ") + Name;

    /// <summary>The schedule of a job that gives none of the fields.</summary>
    public abstract JobSchedule Blank { get; }

    /// <summary>The fields that only jobs of this kind have, and perhaps of some others.</summary>
    internal virtual ImmutableArray<JobField> Fields => [];

    /// <summary>Reports what its fields must be to one another.</summary>
    internal virtual void Check(Job job, GivenFields given, YamlMap map, Reporter report) { }
}
