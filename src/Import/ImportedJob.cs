using System.Globalization;

namespace Aios.Import;

/// <summary>
/// A job as it will stand in the list. What is missing or makes no sense is written as it is, so that the check of the
/// list names it: a job that is left out without a word would be missed too late.
/// </summary>
internal sealed class ImportedJob
{
    private readonly List<(string Name, string Yaml)> _fields = [];

    /// <summary>Its fields in their order, each value as YAML.</summary>
    public IReadOnlyList<(string Name, string Yaml)> Fields => _fields;

    /// <summary>What could not be carried over of it; stands above it in the list.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>A text; nothing for an empty one.</summary>
    public ImportedJob Text(string field, string? text) => string.IsNullOrWhiteSpace(text) ? this : Yaml(field, YamlText.Scalar(text));

    /// <summary>A whole number.</summary>
    public ImportedJob Number(string field, long number) => Yaml(field, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>True or false.</summary>
    public ImportedJob Flag(string field, bool value) => Yaml(field, value ? "true" : "false");

    /// <summary>A list of texts; nothing for an empty one.</summary>
    public ImportedJob Texts(string field, IReadOnlyCollection<string> texts) =>
        texts.Count == 0 ? this : Yaml(field, YamlText.List(texts));

    /// <summary>A map of texts; nothing for an empty one.</summary>
    public ImportedJob Map(string field, IReadOnlyCollection<KeyValuePair<string, string>> map) =>
        map.Count == 0 ? this : Yaml(field, YamlText.Map(map));

    /// <summary>A value that is YAML already.</summary>
    public ImportedJob Yaml(string field, string yaml)
    {
        _fields.Add((field, yaml));
        return this;
    }

    /// <summary>Takes out of the jobs what all of them have, for their list's defaults.</summary>
    public static IReadOnlyList<(string Name, string Yaml)> TakeShared(IReadOnlyCollection<ImportedJob> jobs, params string[] fields)
    {
        var shared = new List<(string, string)>();
        foreach (var field in fields)
        {
            var values = jobs.Select(job => job._fields.Find(given => given.Name == field).Yaml).Distinct().ToList();
            if (values is not [{ } value])
                continue;
            shared.Add((field, value));
            foreach (var job in jobs)
                job._fields.RemoveAll(given => given.Name == field);
        }

        return shared;
    }

    /// <summary>Says what could not be carried over.</summary>
    public ImportedJob Note(string place, string words)
    {
        Notes.Add(new ImportNote(place, words));
        return this;
    }
}
