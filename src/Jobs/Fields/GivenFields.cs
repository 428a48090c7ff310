using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>Which fields a job has, and where. A field is given even where its value turned out wrong.</summary>
internal sealed class GivenFields
{
    private readonly Dictionary<JobField, YamlEntry?> _entries = [];
    private HashSet<JobField>? _wrong;

    public bool Has(JobField field) => _entries.ContainsKey(field);

    /// <summary>Whether any value could not be read.</summary>
    public bool HasWrong => _wrong is not null;

    /// <summary>Whether its value could not be read.</summary>
    public bool IsWrong(JobField field) => _wrong is not null && _wrong.Contains(field);

    /// <summary>Whether it has a different field that says what this one would say.</summary>
    public bool HasRivalOf(JobField field) =>
        field.OneOf is not null && _entries.Keys.Any(given => given.OneOf == field.OneOf && given != field);

    /// <summary>Where the job itself gives it; null if it does not.</summary>
    public YamlEntry? Entry(JobField field) => _entries.GetValueOrDefault(field);

    public YamlEntry? Entry(string name) => _entries.Keys.FirstOrDefault(field => field.Name == name) is { } field ? Entry(field) : null;

    public void Add(JobField field, YamlEntry entry) => _entries.TryAdd(field, entry);

    public void AddWrong(JobField field) => (_wrong ??= []).Add(field);

    public void AddDefault(JobField field) => _entries.TryAdd(field, null);

    /// <summary>Those that the job gives itself.</summary>
    public IEnumerable<(JobField Field, YamlEntry Entry)> Own() =>
        from pair in _entries
        where pair.Value is not null
        select (pair.Key, pair.Value);
}
