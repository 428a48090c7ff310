using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>Holds the names of a whole list to being unique, whatever else is wrong with the jobs that bear them.</summary>
internal sealed class UniqueJobNames
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<string> All => _places.Keys;

    /// <summary>Whether no job before this one has its name; tells it if one has.</summary>
    public bool Claim(YamlNode job, Reporter report)
    {
        if ((job as YamlMap)?.Find("name") is not { Value: YamlScalar { IsNull: false } name } entry)
            return true;
        if (_places.TryAdd(name.Text, $"{report.File}:{job.Line}:{job.Column}"))
            return true;

        return report
            .ForJob(name.Text)
            .ForField("name")
            .Error(entry.Key, $"used twice; the first is at {_places[name.Text]}. Give one of the two another name", name.Found);
    }
}
