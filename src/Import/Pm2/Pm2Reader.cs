using System.Collections.Immutable;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>The apps of PM2, from either of its files.</summary>
internal sealed class Pm2Reader(string fileName, bool hasLines, string folder)
{
    private readonly NameMaker _names = new();

    /// <summary>In the order of the file.</summary>
    public List<ImportedJob> Jobs { get; } = [];

    /// <summary>What belongs to no job.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Reads them: <c>{apps: [...]}</c>, a list of apps, or one app.</summary>
    /// <exception cref="ImportException">It is none of these.</exception>
    public void Read(YamlNode root)
    {
        foreach (var node in AppsOf(root))
        {
            if (node is YamlMap app)
                AddApp(app);
            else
                Notes.Add(new ImportNote(PlaceOf(node), $"found {node.Found} in place of an app; not taken over."));
        }
    }

    private ImmutableArray<YamlNode> AppsOf(YamlNode root)
    {
        if (root is YamlList list)
            return list.Items;
        if (root is not YamlMap map)
            throw new ImportException($"{fileName} holds {root.Found}, and no apps of PM2.");
        if (map.Find("apps") is not { Value: var apps })
            return Pm2App.ScriptOf(map) is null ? throw new ImportException($"{fileName} has no \"apps\".") : [map];
        foreach (var entry in map.Entries.Where(entry => entry.Name != "apps"))
        {
            Notes.Add(
                new ImportNote(
                    PlaceOf(entry.Key),
                    entry.Name == "deploy"
                        ? "deploy: AIOS puts no files on other machines."
                        : $"{entry.Name} is not known, and not taken over."
                )
            );
        }

        return apps is YamlList many ? many.Items : [apps];
    }

    private string PlaceOf(YamlNode node) => hasLines ? $"{fileName}:{node.Line}" : fileName;

    private void AddApp(YamlMap map)
    {
        var app = new Pm2App(map, fileName, hasLines, folder);
        var count = app.Instances(out var words);
        var name = app.Name;
        for (var number = 0; number < count; number++)
        {
            var job = app.Job(_names.From(count == 1 ? name : $"{name}_{number}"), number, withNotes: number == 0);
            if (number == 0 && words is not null)
                job.Note(app.PlaceOf("instances"), words);
            Jobs.Add(job);
            if (app.RestartTimes is { } cron && app.ComesBack)
                Jobs.Add(Restarter(job, cron, app.PlaceOf("cron_restart")));
        }
    }

    // What PM2 does inside itself is a job of its own here.
    private ImportedJob Restarter(ImportedJob restarted, string cron, string place)
    {
        var name = restarted.Fields.First(field => field.Name == "name").Yaml;
        return new ImportedJob()
            .Text("name", _names.From($"restart_{name.Trim('"')}"))
            .Text("type", "cron")
            .Yaml("cron", $"\"{cron}\"")
            .Text("description", $"cron_restart of {name.Trim('"')} ({place})")
            .Texts("command", ["sh", "-c", $"\"$AIOS_EXE\" restart {name.Trim('"')}"])
            .Text("workdir", restarted.Fields.FirstOrDefault(field => field.Name == "workdir").Yaml?.Trim('"'));
    }
}
