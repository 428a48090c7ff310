using System.Text.Json;
using Aios.Jobs.Schedules;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>
/// A field of a job: all that is known about it in one place. The loader, the JSON Schema, the table in docs/job-list.md and
/// the writer of JSON know a field only through this.
/// </summary>
internal abstract class JobField(string name)
{
    /// <summary>A job that says nothing: where it and a job agree, the job's field has its default.</summary>
    protected static readonly Job Blank = new() { Name = "" };

    /// <summary>As the list writes it.</summary>
    public string Name { get; } = name;

    /// <summary>What users of other systems call it; the list may say so, too.</summary>
    public string? OtherName { get; init; }

    /// <summary>All that the list may call it.</summary>
    public IEnumerable<string> Names => OtherName is null ? [Name] : [Name, OtherName];

    /// <summary>One short sentence, for the schema and the table.</summary>
    public required string Description { get; init; }

    /// <summary>A value as YAML writes it.</summary>
    public required string Example { get; init; }

    /// <summary>False for a field that only jobs of some kinds have: those that list it among theirs.</summary>
    public bool IsForAll { get; init; } = true;

    /// <summary>False for a field that makes no sense for jobs that are kept running.</summary>
    public bool IsForKeptRunning { get; init; } = true;

    /// <summary>Whether a job that can have it must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Of the fields that share this, a job that can have them must have exactly one.</summary>
    public string? OneOf { get; init; }

    /// <summary>The field that says of what it is, so that it says nothing without that one; null if there is none.</summary>
    public JobField? Needs { get; init; }

    /// <summary>The default in words, where the value alone would not say it.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>False for a field that makes no sense for several jobs at once.</summary>
    public bool MayBeDefault { get; init; } = true;

    /// <summary>False for another way to write what a different field already says.</summary>
    public bool IsWritten { get; init; } = true;

    /// <summary>Whether its values may be secrets, which are not copied to where more people read.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether a job makes sense with the default for it; if not, the job is read without it.</summary>
    public Func<Job, bool> DefaultFits { get; init; } = static _ => true;

    /// <summary>The kind of value, in a few words.</summary>
    public abstract string Kind { get; }

    /// <summary>What a value looks like, to follow "expected".</summary>
    public abstract string Expected { get; }

    /// <summary>Whether a job of that kind can have it.</summary>
    public bool BelongsTo(ScheduleKind kind) =>
        IsForAll ? IsForKeptRunning || kind.StartedBy != StartedBy.Always : kind.Fields.Contains(this);

    /// <summary>Sets the job's field from the list, or tells what is wrong and returns false.</summary>
    public abstract bool TryRead(YamlNode node, Reporter report, ref Job job);

    /// <summary>The job with this field as another job has it.</summary>
    public abstract Job Copy(Job from, Job to);

    /// <summary>Whether the job has what it would have without the field.</summary>
    public abstract bool IsDefault(Job job);

    /// <summary>Writes the job's value.</summary>
    public abstract void WriteValue(Utf8JsonWriter json, Job job);

    /// <summary>Writes the value that a job has without the field.</summary>
    public void WriteDefault(Utf8JsonWriter json) => WriteValue(json, Blank);

    /// <summary>Writes the keywords of JSON Schema that a value must meet.</summary>
    public abstract void WriteSchema(Utf8JsonWriter json);
}
