using Aios.Import;
using Aios.Jobs;
using Aios.Store;

namespace Aios.Tests.Import;

/// <summary>What a source made of a text: the list as AIOS reads it, and what was said of it.</summary>
internal sealed record Taken(ImportedList Import, JobList List, string Yaml)
{
    /// <summary>All notes, as a person reads them.</summary>
    public IReadOnlyList<string> Notes =>
        [.. Import.Notes.Concat(Import.Jobs.SelectMany(job => job.Notes)).Select(note => note.ToString())];

    /// <summary>The only note of that place.</summary>
    public string Note(string place) => Assert.Single(Notes, note => note.StartsWith($"{place}:", StringComparison.Ordinal));

    /// <summary>Takes over a file with that text.</summary>
    public static Taken From(IJobSource source, string fileName, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(fileName), text);
        return From(source, folder.File(fileName));
    }

    /// <summary>Takes over what is there.</summary>
    public static Taken From(IJobSource source, string path)
    {
        var import = source.Read(new ImportRequest(path, Databases.At("no.db")));
        var yaml = JobListWriter.Write(import, source.Name);
        return new Taken(import, JobListLoader.Parse(yaml, $"{source.Name}.yaml"), yaml);
    }

    /// <summary>Asserts that the list is a good one.</summary>
    public Taken Good()
    {
        Assert.True(List.Errors.IsEmpty, $"{string.Join('\n', List.Errors)}\n{Yaml}");
        return this;
    }
}
