using System.Collections.Immutable;
using Aios.Jobs;
using Aios.Jobs.Yaml;

namespace Aios.Models.Configuration;

/// <summary>Reads <c>models.yaml</c> and tells each mistake with its place.</summary>
internal static class ModelSettingsLoader
{
    /// <summary>In the home.</summary>
    public const string FileName = "models.yaml";

    private static readonly ModelSettingsFormat Format = new();

    /// <summary>What a text says.</summary>
    /// <returns>The settings, null if there are mistakes; and all that is wrong.</returns>
    public static (ModelSettings? Settings, ImmutableArray<JobListError> Errors) Read(string text)
    {
        var report = new Reporter(new ProblemList(), FileName);
        var settings = ReadText(text, report);
        var errors = report.Problems.Errors();
        return (errors.IsEmpty ? settings : null, errors);
    }

    private static ModelSettings? ReadText(string text, Reporter report)
    {
        try
        {
            return YamlTree.Read(text) switch
            {
                [] or [{ IsNull: true }] => ModelSettings.Empty,
                [YamlMap root] => ReadRoot(root, report),
                [var other] => Refuse(report, other),
                [_, var second, ..] => RefuseSecond(report, second),
            };
        }
        catch (YamlSyntaxException error)
        {
            report.Error(error, new YamlLines(text));
            return null;
        }
    }

    private static ModelSettings? Refuse(Reporter report, YamlNode node)
    {
        report.Unexpected(node, "a map with \"providers\", \"models\" and \"routes\"");
        return null;
    }

    private static ModelSettings? RefuseSecond(Reporter report, YamlNode node)
    {
        report.Error(node, "a second document begins here; expected one");
        return null;
    }

    private static ModelSettings? ReadRoot(YamlMap root, Reporter report)
    {
        if (!Format.TryRead(root, report, out var settings))
            return null;
        CheckModels(root, settings, report);
        CheckRoutes(root, settings, report);
        return settings;
    }

    private static void CheckModels(YamlMap root, ModelSettings settings, Reporter report)
    {
        foreach (var model in settings.Models.Values.Where(model => !settings.Providers.ContainsKey(model.Provider!)))
            Unknown(root, "models", model.Name, "provider", model.Provider!, settings.Providers.Keys, report);
    }

    private static void CheckRoutes(YamlMap root, ModelSettings settings, Reporter report)
    {
        foreach (var route in settings.Routes.Values)
        {
            if (settings.Models.ContainsKey(route.Name))
                report
                    .ForField($"routes.{route.Name}")
                    .Error(
                        KeyOf(root, "routes", route.Name),
                        "a model has this name, too; a request could mean either. Rename one of them"
                    );
            foreach (var name in route.Models.Where(name => !settings.Models.ContainsKey(name)))
                Unknown(root, "routes", route.Name, "model", name, settings.Models.Keys, report);
        }
    }

    private static void Unknown(
        YamlMap root,
        string section,
        string owner,
        string what,
        string name,
        IEnumerable<string> known,
        Reporter report
    ) =>
        report
            .ForField($"{section}.{owner}")
            .Error(
                KeyOf(root, section, owner),
                $"there is no {what} {YamlScalar.Quoted(name)}",
                YamlScalar.Quoted(name),
                report.Nearest(name, known)
            );

    private static YamlScalar KeyOf(YamlMap root, string section, string name) => ((YamlMap)root.Find(section)!.Value).Find(name)!.Key;
}
