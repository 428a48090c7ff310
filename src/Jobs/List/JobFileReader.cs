using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>Reads the jobs of one file: a list of them, or a map with <c>defaults</c> and <c>jobs</c>.</summary>
internal sealed class JobFileReader(Reporter report, UniqueJobNames names)
{
    private static readonly string[] Keys = ["defaults", "jobs"];

    private readonly List<(Job Job, YamlMap Map)> _jobs = [];
    private JobDefaults _defaults = JobDefaults.None;
    private int _number;

    /// <summary>The jobs that are right, and where each is written.</summary>
    public static IReadOnlyList<(Job Job, YamlMap Map)> Read(string text, Reporter report, UniqueJobNames names)
    {
        var reader = new JobFileReader(report, names);
        try
        {
            reader.ReadText(text);
        }
        catch (YamlSyntaxException error)
        {
            report.Error(error, new YamlLines(text));
        }

        return reader._jobs;
    }

    private void ReadText(string text)
    {
        // The parser takes this character for the end of the text, and would leave out the rest without a word.
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            var (line, column) = TextPosition.Of(text, nul);
            throw new YamlSyntaxException(line, column, "there is a NUL character here; this does not look like a text file");
        }

        var errors = report.Problems.Count;
        List<YamlSyntaxException> doubts = [];
        foreach (var document in YamlTree.Read(text, doubts))
            ReadDocument(document);
        if (doubts.Count > 0)
            Warn(doubts, new YamlLines(text));
        if (_number == 0 && report.Problems.Count == errors)
            report.Warn("there is no job in this file");
    }

    private void Warn(List<YamlSyntaxException> doubts, YamlLines lines)
    {
        foreach (var doubt in doubts)
            report.Warn(doubt, lines);
    }

    private void ReadDocument(YamlNode document)
    {
        switch (document)
        {
            case YamlList list:
                ReadJobs(list);
                break;
            case YamlMap map:
                ReadMap(map);
                break;
            case { IsNull: false }:
                report.Unexpected(
                    document,
                    $"a list of jobs (each begins with \"- name: ...\"), or a map with \"defaults\" and "
                        + $"\"jobs\"{Misplaced.AsJob(document, above: null)}"
                );
                break;
        }
    }

    private void ReadMap(YamlMap map)
    {
        if (map.Find("jobs") is null && (map.Find("name") ?? map.Find("type")) is not null)
        {
            report.Error(
                map,
                "a job stands here alone, but a list of jobs is expected; write \"- \" before its first field and indent the others by two"
            );
            _number++;
            return;
        }

        report.Once(map);
        foreach (var entry in map.Entries)
        {
            if (!Keys.Contains(entry.Name))
                report.Error(
                    entry.Key,
                    $"unknown key {YamlScalar.Quoted(entry.Name)}; beside \"defaults\" and \"jobs\" there is "
                        + $"none{Misplaced.AsKey(entry, report.Fields)}",
                    entry.Key.Found,
                    report.Nearest(entry.Name, Keys)
                );
        }

        if (map.Find("defaults") is { } given)
            _defaults = JobReader.ReadDefaults(given.Value, report);
        if (map.Find("jobs")?.Value is { IsNull: false } list)
            ReadJobs(list);
    }

    private void ReadJobs(YamlNode node)
    {
        if (node is not YamlList list)
        {
            report.Unexpected(node, "a list of jobs; each begins with \"- name: ...\"");
            return;
        }

        YamlNode? above = null;
        foreach (var item in list.Items)
        {
            var isFirst = names.Claim(item, report);
            if (JobReader.Read(item, above, ++_number, _defaults, report) is { } job && isFirst)
                _jobs.Add((job, (YamlMap)item));
            above = item;
        }
    }
}
