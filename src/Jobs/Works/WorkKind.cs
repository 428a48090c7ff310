using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Jobs.Works;

/// <summary>
/// A kind of work. A new kind is a folder with a record of its values and an implementation of this, and one more line in
/// <see cref="WorkKinds"/>.
/// </summary>
internal abstract class WorkKind
{
    /// <summary>Of the fields that say what a job runs, each job has exactly one.</summary>
    protected const string OneOfKeys = "program";

    /// <summary>The field that a job of this kind has, and no other job.</summary>
    public abstract JobField Key { get; }

    /// <summary>The work of a job that gives none of the fields.</summary>
    public abstract JobWork Blank { get; }

    /// <summary>The fields that only jobs of this kind have; <see cref="Key"/> is among them.</summary>
    internal virtual ImmutableArray<JobField> Fields => [Key];

    /// <summary>More of them, about which a person reads after the fields of all kinds.</summary>
    internal virtual ImmutableArray<JobField> Details => [];

    /// <summary>
    /// What the value of <see cref="Key"/> may be called if it stands inside of it, together with the other fields of this kind;
    /// empty where that is not possible.
    /// </summary>
    protected virtual string[] InnerNames => [];

    /// <summary>Whether a job that changes <see cref="Key"/> alone keeps the other fields of this kind.</summary>
    internal bool KeepsFields => InnerNames.Length > 0;

    /// <summary>The same map with the fields that stand inside of <see cref="Key"/> beside it.</summary>
    /// <param name="map">A job, a step, or a change of one.</param>
    /// <param name="report">Told if the value of the key itself is missing; null where it need not be given.</param>
    internal YamlMap Flatten(YamlMap map, Reporter? report)
    {
        if (!KeepsFields || map.Find(Key.Name) is not { Value: YamlMap inner } key)
            return map;
        var own = inner.Entries.FirstOrDefault(entry => InnerNames.Contains(entry.Name));
        if (own is null)
            report?.ForField(Key.Name).Error(key.Key, $"has no \"{InnerNames[0]}\"; add it");
        var entries = map.Entries.Where(entry => entry != key).Concat(inner.Entries.Where(entry => entry != own));
        if (own is not null || report is not null)
            entries = entries.Append(key with { Value = own?.Value ?? inner });
        return new YamlMap(map.Line, map.Column, [.. entries]) { Height = map.Height, Size = map.Size };
    }

    /// <summary>Reports what its fields must be to one another. It is asked of all jobs: one of another kind may give them, too.</summary>
    internal virtual void Check(Job job, GivenFields given, Reporter report) { }
}
