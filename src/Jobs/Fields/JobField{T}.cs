using System.Text.Json;
using Aios.Jobs.Formats;
using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>A field whose value is a <typeparamref name="T"/>.</summary>
internal sealed class JobField<T>(string name, FieldFormat<T> format) : JobField(name)
{
    /// <summary>Where the job keeps it.</summary>
    public required Func<Job, T> Get { get; init; }

    /// <summary>The job with another value.</summary>
    public required Func<Job, T, Job> Set { get; init; }

    /// <inheritdoc/>
    public override string Kind => format.Kind;

    /// <inheritdoc/>
    public override string Expected => format.Expected;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reporter report, ref Job job)
    {
        if (!format.TryRead(node, report, out var value))
            return false;

        job = Set(job, value);
        return true;
    }

    /// <inheritdoc/>
    public override Job Copy(Job from, Job to) => Set(to, Get(from));

    /// <inheritdoc/>
    public override bool IsDefault(Job job) => EqualityComparer<T>.Default.Equals(Get(job), Get(Blank));

    /// <inheritdoc/>
    public override void WriteValue(Utf8JsonWriter json, Job job) => format.WriteValue(json, Get(job));

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter json) => format.WriteSchema(json);
}
