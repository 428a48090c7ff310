using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Jobs.Yaml;
using Aios.Models.Configuration;
using Aios.Models.Verification;
using Aios.Platform;

namespace Aios.Models.Runs;

/// <summary>Checks what jobs say of language models: their schemas, their tools, and the models that they name.</summary>
/// <param name="settings">Those of models.yaml; null if there is none without mistakes, so that nobody knows what there is.</param>
/// <param name="otherJobs">The names of jobs that are in force beside the list.</param>
internal sealed class LlmJobCheck(ModelSettings? settings, IEnumerable<string> otherJobs) : IJobListCheck
{
    private const int MostDefects = 3;

    /// <summary>With the models of a home.</summary>
    public static LlmJobCheck OfHome(string home, IEnumerable<string>? otherJobs = null)
    {
        var path = Path.Combine(home, ModelSettingsLoader.FileName);
        return new LlmJobCheck(ReadOrNull(path) is { } text ? ModelSettingsLoader.Read(text).Settings : null, otherJobs ?? []);
    }

    /// <inheritdoc/>
    public void Check(IReadOnlyList<WrittenJob> jobs, IReadOnlyCollection<string> names)
    {
        var known = names.Concat(otherJobs).ToHashSet(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            CheckSchema(job with { Report = job.Report.ForJob(job.Job.Name) }, "kwargs_schema", job.Job.KwargsSchemaJson);
            foreach (var part in job.Parts())
            {
                if (part.Job.Work is LlmWork work)
                    CheckPart(part, work, known);
            }
        }
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void CheckPart(WrittenJob part, LlmWork work, HashSet<string> jobs)
    {
        CheckSchema(part, "schema", work.SchemaJson);
        foreach (var tool in work.Tools.Where(tool => !jobs.Contains(tool)))
            Unknown(part, "tools", tool, $"there is no job {YamlScalar.Quoted(tool)}, which the model may run", jobs);
        if (settings is null)
            return;
        foreach (var (field, name) in RoutesOf(work).Where(route => !StepReferences.MayBeIn(route.Name)))
        {
            if (settings.RouteTo(name) is null)
                Unknown(part, field, name, WordsOf(part, field, name), [.. settings.Routes.Keys, .. settings.Models.Keys]);
        }
    }

    // What a run would ask, and which field says so.
    private static IEnumerable<(string Field, string Name)> RoutesOf(LlmWork work)
    {
        foreach (var name in work.Panel)
            yield return ("panel", name);
        if (work.Panel.IsEmpty)
            yield return (work.Target?.Field ?? LlmKind.Instance.Key.Name, work.Route);
        else
            yield return ("synthesizer", work.Synthesizer);
        if (work.Verify.Judge is { } judge)
            yield return ("verify", judge.Route);
        if (work.Verify.Agree is not { } agree)
            yield break;
        foreach (var name in agree.Routes)
            yield return ("verify", name);
        // Texts are compared by one of the two, and answers with a schema by none.
        if (work.SchemaJson is null)
            yield return ("verify", agree.Embeddings ?? agree.Judge);
    }

    private static string WordsOf(WrittenJob part, string field, string name)
    {
        var what = field is "role" or "route" or "model" ? field : "route or model";
        var words = $"there is no {what} {YamlScalar.Quoted(name)} in {ModelSettingsLoader.FileName}";
        return part.Map.Find(field)?.Value is { } value && ScalarOf(value, name) is not null
            ? words
            : $"{words}, which the job asks because it names no other";
    }

    private static void Unknown(WrittenJob part, string field, string name, string words, IReadOnlyCollection<string> known)
    {
        var value = (YamlNode?)part.Map.Find(field)?.Value ?? part.Map;
        var report = part.Report.ForField(field);
        report.Error(ScalarOf(value, name) ?? value, words, YamlScalar.Quoted(name), report.Nearest(name, known));
    }

    // The name itself within what is written of the field.
    private static YamlScalar? ScalarOf(YamlNode node, string text) =>
        node switch
        {
            YamlScalar scalar => scalar.Text == text ? scalar : null,
            YamlList list => list.Items.Select(item => ScalarOf(item, text)).FirstOrDefault(found => found is not null),
            YamlMap map => map.Entries.Select(entry => ScalarOf(entry.Value, text)).FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static void CheckSchema(WrittenJob part, string field, string? json)
    {
        // A reference becomes a part of it when its step starts.
        if (json is null || StepReferences.MayBeIn(json))
            return;
        var place = (YamlNode?)part.Map.Find(field)?.Value ?? part.Map;
        using var schema = JsonDocument.Parse(json, DeepJson.Options);
        foreach (var defect in SchemaCheck.Defects(schema.RootElement).Take(MostDefects))
            part.Report.ForField(field).Error(At(place, defect.Text), $"is no valid JSON Schema: {FindingWords.Of(defect)}");
    }

    // As far as the list has what a JSON pointer leads to.
    private static YamlNode At(YamlNode node, string pointer)
    {
        foreach (var name in pointer.Split('/').Skip(1))
        {
            var next = node switch
            {
                YamlMap map => map.Find(
                    name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                )?.Value,
                YamlList list when int.TryParse(name, out var index) && index < list.Items.Length => list.Items[index],
                _ => null,
            };
            if (next is null)
                break;
            node = next;
        }

        return node;
    }
}
