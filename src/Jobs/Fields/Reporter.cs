using System.Collections.Immutable;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>Tells a problem with its place: whoever finds it need not know which file, job or field it is in.</summary>
internal sealed record Reporter(ProblemList Problems, string File, string? Job = null, string? Field = null)
{
    /// <summary>The fields that jobs can have.</summary>
    public JobFields Fields { get; init; } = JobFields.Standard;

    public Reporter ForJob(string job) => this with { Job = job, Field = null };

    public Reporter ForField(string field) => this with { Field = field };

    /// <summary>"found ..., expected ...": the form that most mistakes take. Always false, so that a reader can return it.</summary>
    public bool Unexpected(YamlNode at, string expected, ImmutableArray<string> nearest = default)
    {
        Problems.Add(At(at.Line, at.Column, null, at.Found, expected, nearest));
        return false;
    }

    /// <summary>Any other mistake, in words that follow the place. Always false.</summary>
    public bool Error(YamlNode at, string problem, string? found = null, ImmutableArray<string> nearest = default)
    {
        Problems.Add(At(at.Line, at.Column, problem, found, null, nearest));
        return false;
    }

    /// <summary>What makes the text no YAML, with the lines that are meant.</summary>
    public void Error(YamlSyntaxException fault, YamlLines lines) =>
        Problems.Add(
            At(fault.Line, fault.Column, fault.Message, null, null, default) with
            {
                Excerpt = YamlExcerpt.Of(lines, fault.Marks),
            }
        );

    /// <summary>What is YAML, and probably not meant so, with the line.</summary>
    public void Warn(YamlSyntaxException doubt, YamlLines lines)
    {
        if (!Problems.IsFullOfWarnings)
            Problems.Warn(
                At(doubt.Line, doubt.Column, doubt.Message, null, null, default) with
                {
                    Excerpt = YamlExcerpt.Of(lines, doubt.Marks),
                }
            );
    }

    /// <summary>A mistake about the file as a whole, or a place in it that has no node.</summary>
    public void Error(int line, int column, string problem) => Problems.Add(At(line, column, problem, null, null, default));

    public void Warn(YamlNode at, string problem, string? found = null, ImmutableArray<string> nearest = default) =>
        Problems.Warn(At(at.Line, at.Column, problem, found, null, nearest));

    /// <summary>A warning about the file as a whole.</summary>
    public void Warn(string problem) => Problems.Warn(At(0, 0, problem, null, null, default));

    /// <summary>The nearest of the names, unless enough errors have been told already.</summary>
    public ImmutableArray<string> Nearest(string written, IEnumerable<string> names, int count = 1) =>
        Problems.IsFull ? [] : NearestName.Several(written, names, count);

    /// <summary>Whether each name of the map is written once; tells those that are not.</summary>
    public bool Once(YamlMap map)
    {
        if (map.Entries.Length < 2)
            return true;

        var first = new Dictionary<string, YamlEntry>(map.Entries.Length, StringComparer.Ordinal);
        var isOnce = true;
        foreach (var entry in map.Entries)
        {
            if (first.TryAdd(entry.Name, entry))
                continue;
            isOnce = Error(
                entry.Key,
                $"{YamlScalar.Quoted(entry.Name)} is written twice; the first is on line {first[entry.Name].Key.Line}. Remove one of them",
                entry.Key.Found
            );
        }

        return isOnce;
    }

    private JobListError At(int line, int column, string? problem, string? found, string? expected, ImmutableArray<string> nearest) =>
        new(File, line, column, Job, Field, problem, found, expected, nearest.IsDefault ? [] : nearest);
}
