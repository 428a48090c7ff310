using Aios.Tests.BlackBox;
using Aios.Tests.Docs;

namespace Aios.Tests.Examples;

/// <summary>Homes that are copies of examples.</summary>
internal static class ExampleHome
{
    /// <summary>A home with a copy of an example, with changes in its job list.</summary>
    public static AiosHome Copy(string example, params (string Old, string New)[] changes)
    {
        var home = new AiosHome();
        var source = Path.Combine(Documents.Root, "examples", example);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = home.In(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        var jobs = File.ReadAllText(home.In("Jobs", "jobs.yaml"));
        foreach (var (old, wanted) in changes)
        {
            Assert.Contains(old, jobs, StringComparison.Ordinal);
            jobs = jobs.Replace(old, wanted, StringComparison.Ordinal);
        }

        home.WriteJobs(jobs);
        return home;
    }

    /// <summary>Changes texts in a file of it, each of which must be there.</summary>
    public static void Change(AiosHome home, string file, params (string Old, string New)[] changes)
    {
        var text = File.ReadAllText(home.In(file));
        foreach (var (old, wanted) in changes)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, wanted, StringComparison.Ordinal);
        }

        File.WriteAllText(home.In(file), text);
    }
}
