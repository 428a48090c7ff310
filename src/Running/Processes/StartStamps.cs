using System.Globalization;

namespace Aios.Running;

/// <summary>
/// A file for each run that its process makes as its first act, before the first instruction of the program. It tells
/// after the daemon's death whether the run has begun: without the file, it has not. A run's file goes when its end is
/// durable.
/// </summary>
/// <param name="folder">Where they are.</param>
/// <param name="spare">Where they are while the disk of the first is full.</param>
internal sealed class StartStamps(RunFolder folder, RunFolder spare)
{
    private const string Ending = ".started";

    // Written before the start.
    private static readonly string[] Arguments = [RunFiles.KwargsEnding, RunFiles.ArgsEnding];

    private volatile bool _usesSpare;

    /// <summary>What a run's process makes; null where nothing can be made, or for what is no run of a trigger.</summary>
    public string? PathOf(RunRequest request)
    {
        if (request.TriggerId == 0)
        {
            return null;
        }

        if (OperatingSystem.IsLinux() ? folder.HasRoom : folder.Ensure())
        {
            return folder.PathOf(NameOf(request.RunId));
        }

        _usesSpare = true;
        return spare.Ensure() ? spare.PathOf(NameOf(request.RunId)) : null;
    }

    /// <summary>Removes a run's file.</summary>
    public void Remove(long runId)
    {
        PrivateFile.Delete(folder.PathOf(NameOf(runId)));
        if (_usesSpare)
        {
            PrivateFile.Delete(spare.PathOf(NameOf(runId)));
        }
    }

    /// <summary>
    /// The runs that have begun, as far as the files of a dead daemon tell: those of their processes, and what programs left
    /// there.
    /// </summary>
    /// <param name="path">The folder of its runs.</param>
    public static IEnumerable<long> BegunIn(string path) =>
        new[] { path, RunFolder.SpareOf(path) }
            .Where(Directory.Exists)
            .SelectMany(one => Directory.EnumerateFileSystemEntries(one))
            .Select(RunOf)
            .OfType<long>();

    private static string NameOf(long runId) => runId.ToString(CultureInfo.InvariantCulture) + Ending;

    private static long? RunOf(string file)
    {
        var name = Path.GetFileName(file.AsSpan());
        var dot = name.IndexOf('.');
        return
            dot > 0
            && !Arguments.Contains(name[dot..].ToString())
            && long.TryParse(name[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var run)
            ? run
            : null;
    }
}
