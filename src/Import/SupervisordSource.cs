namespace Aios.Import;

/// <summary>The configuration of supervisord, with the files that it includes.</summary>
public sealed class SupervisordSource : IJobSource
{
    private static readonly string[] Places = ["supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"];

    /// <inheritdoc />
    public string Name => "supervisord";

    /// <inheritdoc />
    public string Description => "a supervisord.conf with what it includes (default: where supervisord looks for it)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var path = request.Path ?? Places.FirstOrDefault(File.Exists)
            ?? throw new ImportException($"there is no {string.Join(", ", Places)}. Name the file: aios init --from supervisord FILE.");
        var notes = new List<ImportNote>();
        var sections = SectionsOf(Path.GetFullPath(path), notes);
        var reader = new SupervisordReader(sections, Path.GetDirectoryName(Path.GetFullPath(path))!);
        reader.Read();
        return new ImportedList(path)
        {
            Head =
            [
                "A job of type always comes back however it ended; supervisord leaves alone what ended with 0, unless it is told autorestart=true.",
                "What programs print is kept in the database (`aios logs -f JOB`); log files, and how they are rotated, are not needed.",
            ],
            Jobs = reader.Jobs,
            Notes = [.. notes, .. reader.Notes],
        };
    }

    private static List<IniFile.Section> SectionsOf(string path, List<ImportNote> notes)
    {
        var main = IniFile.Read(TextFile.Read(path), Path.GetFileName(path));
        notes.AddRange(main.Notes);
        var sections = new List<IniFile.Section>(main.Sections);
        foreach (var include in main.Sections.Where(section => section.Name == "include"))
        {
            foreach (var file in Included(include, Path.GetDirectoryName(path)!, notes))
            {
                var more = IniFile.Read(TextFile.Read(file), Path.GetFileName(file));
                notes.AddRange(more.Notes);
                sections.AddRange(more.Sections);
            }
        }

        sections.RemoveAll(section => section.Name == "include");
        return sections;
    }

    private static IEnumerable<string> Included(IniFile.Section include, string folder, List<ImportNote> notes)
    {
        foreach (var setting in include.Settings)
        {
            if (setting.Name != "files")
            {
                notes.Add(new ImportNote(setting.Place, $"{setting.Name} in [include] is not known."));
                continue;
            }

            foreach (var pattern in setting.Value.Replace("%(here)s", folder, StringComparison.Ordinal).Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            {
                var files = FilePattern.Files(Path.Combine(folder, pattern));
                if (files.Count == 0) notes.Add(new ImportNote(setting.Place, $"[include]: no file is like {pattern}."));
                foreach (var file in files) yield return file;
            }
        }
    }
}
