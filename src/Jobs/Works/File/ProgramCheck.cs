using System.Collections.Immutable;
using Aios.Jobs.Yaml;
using Aios.Platform;

namespace Aios.Jobs.Works;

/// <summary>Warns of programs that are not there (yet). It is no error: a list may be written before its programs.</summary>
internal sealed class ProgramCheck(string folder)
{
    private const int MostListed = 2000;

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private ImmutableArray<string>? _programs;

    public void Check(Job job, YamlMap map, Reporter report)
    {
        if (job.Work is FlowWork flow)
            CheckSteps(job, flow, map, report);
        else
            CheckPart(job, map, report);
    }

    private void CheckSteps(Job job, FlowWork flow, YamlMap map, Reporter report)
    {
        var maps = ((YamlList)map.Find(FlowKind.Instance.Key.Name)!.Value).Items;
        foreach (var (step, place) in flow.Steps.Zip(maps))
            CheckPart(step.Job with { Name = $"{job.Name}/{step.Name}" }, (YamlMap)place, report);
    }

    private void CheckPart(Job job, YamlMap map, Reporter report)
    {
        if (job.Work.ProgramFile is not { } file || report.Problems.IsFullOfWarnings || Exists(file))
            return;

        var place = (YamlNode?)map.Find(job.Work.Kind.Key.Name)?.Value ?? map;
        report
            .ForJob(job.Name)
            .ForField(job.Work.Kind.Key.Name)
            .Warn(
                place,
                $"there is no program {YamlScalar.Quoted(file)} in Programs/; runs will fail until it is there",
                $"\"{file}\"",
                Nearest(file)
            );
    }

    private bool Exists(string file)
    {
        if (!_known.TryGetValue(file, out var exists))
            _known[file] = exists = File.Exists(Path.Combine(folder, file));
        return exists;
    }

    private ImmutableArray<string> Nearest(string file)
    {
        _programs ??= List();
        var inside = file.StartsWith("Programs/", StringComparison.OrdinalIgnoreCase) ? file["Programs/".Length..] : file;
        return _programs.Value.Contains(inside) ? [inside] : NearestName.Several(inside, _programs.Value, 1);
    }

    private ImmutableArray<string> List()
    {
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 3,
                IgnoreInaccessible = true,
            };
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*", options)
                    .Take(MostListed)
                    .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
