using System.Text;
using Aios.Platform;

namespace Aios.Jobs;

/// <summary>One file of the job list, as an editor has it.</summary>
/// <param name="Name">Without its folder.</param>
/// <param name="Text">The whole of it.</param>
internal sealed record JobFile(string Name, string Text)
{
    /// <summary>Another one for each text.</summary>
    public string Version { get; } = Convert.ToHexStringLower(Sha256.Of(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 8));

    /// <summary>The names of those that there are, in the order in which they are read.</summary>
    public static IReadOnlyList<string> Names(string folder) =>
        Directory.Exists(folder) ? [.. JobListFiles.In(folder).Select(path => Path.GetFileName(path))] : [];

    /// <summary>What is wrong with a name for a file of the list; null if nothing is.</summary>
    public static string? DefectOf(string name)
    {
        if (name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 || name.Any(char.IsControl) || name.Length > 128)
            return $"found \"{name}\", expected the name of a file, without its folder";
        return JobListFiles.IsPart(name)
            ? null
            : $"found \"{name}\", expected a name that ends with .yaml, .yml or .json and does not begin with a dot";
    }

    /// <summary>Reads one; null if there is none.</summary>
    /// <param name="folder">Of the job list.</param>
    /// <param name="name">Without the folder.</param>
    /// <param name="defect">Why it cannot be had as a text, or null.</param>
    public static JobFile? Read(string folder, string name, out string? defect)
    {
        defect = null;
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return null;
        var problems = new ProblemList();
        var text = JobListFiles.Read(path, new Reporter(problems, name));
        if (text is not null)
            return new JobFile(name, text);
        defect = problems.Errors()[0].ToString();
        return null;
    }

    /// <summary>Writes it beside its place and onto the disk. Who may read the file, and a link in its place, stay as they are.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public PreparedJobFile Prepare(string folder)
    {
        OwnFile.MakeFolder(folder);
        var path = Path.Combine(folder, Name);
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        var part = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():n}");
        try
        {
            using (var file = OwnFile.Make(part, OwnFile.Readable))
            {
                file.Write(Encoding.UTF8.GetBytes(Text));
                file.Flush(flushToDisk: true);
            }

            TakeAfter(target, part);
            return new PreparedJobFile(part, target);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static void TakeAfter(string model, string part)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(model))
            return;
        File.SetUnixFileMode(part, File.GetUnixFileMode(model));
        DurableFile.GiveOwnerOf(model, part);
    }
}
