namespace Aios.Import;

/// <summary>The configuration of supervisord, with the files that it includes.</summary>
internal sealed class SupervisordSource : IJobSource
{
    private const string Shared = "DEFAULT";
    private static readonly string[] Places =
    [
        "supervisord.conf",
        "etc/supervisord.conf",
        "/etc/supervisord.conf",
        "/etc/supervisor/supervisord.conf",
    ];

    /// <inheritdoc />
    public string Name => "supervisord";

    /// <inheritdoc />
    public string Description => "a supervisord.conf with what it includes (default: where supervisord looks for it)";

    /// <inheritdoc />
    public ImportedList Read(ImportRequest request)
    {
        var path = request.Path
            ?? Places.FirstOrDefault(File.Exists)
            ?? throw new ImportException($"there is no {string.Join(", ", Places)}. Name the file: aios init --from supervisord FILE.");
        var (full, notes) = (Path.GetFullPath(path), new List<ImportNote>());
        var reader = new SupervisordReader(SectionsOf(full, notes), Path.GetDirectoryName(full)!);
        reader.Read();
        return new ImportedList(path)
        {
            Head =
            [
                $"A program without a `directory` starts where supervisord was started. That is taken to be {reader.Folder}: `workdir` "
                    + $"under \"defaults\".",
                "supervisord starts a program that ends within its `startsecs` a few times more, however it ended, and gives it up then "
                    + "(FATAL). AIOS looks at how it ended (`restart`, `success_codes`), waits longer each time, and never gives up.",
                "What programs print is kept in the database (`aios logs -f JOB`); log files, and how they are rotated, are not needed.",
                "SUPERVISOR_ENABLED, SUPERVISOR_PROCESS_NAME, SUPERVISOR_GROUP_NAME and SUPERVISOR_SERVER_URL are not set; a program that "
                    + "reads one needs it in its `env`.",
            ],
            Defaults = [("workdir", YamlText.Scalar(reader.Folder))],
            Jobs = reader.Jobs,
            Notes = [.. notes, .. reader.Notes],
        };
    }

    private static List<IniFile.Section> SectionsOf(string path, List<ImportNote> notes)
    {
        var (folder, ini) = (Path.GetDirectoryName(path)!, new IniFile());
        ini.Add(TextFile.Read(path), Path.GetFileName(path), folder);
        var include = ini.Sections.Find(section => section.Name == "include");
        foreach (var file in include is null ? [] : Included(include, folder, notes))
            ini.Add(TextFile.Read(file), Path.GetFileName(file), Path.GetDirectoryName(file)!);
        notes.AddRange(ini.Notes);
        // What [DEFAULT] says is said in each section, unless that says otherwise.
        var shared = ini.Sections.Find(section => section.Name == Shared);
        var sections = ini.Sections.Where(section => section.Name is not ("include" or Shared)).ToList();
        if (shared is not null)
            sections.ForEach(section => section.Settings.InsertRange(0, shared.Settings));
        return sections;
    }

    private static IEnumerable<string> Included(IniFile.Section include, string folder, List<ImportNote> notes)
    {
        foreach (var setting in include.Settings.Where(setting => setting.Name != "files"))
            notes.Add(new ImportNote(setting.Place, $"{setting.Name} in [include] is not known."));
        var options = new SupervisordOptions(include, SupervisordValues.Of(folder));
        var patterns = options.Now("files", "");
        notes.AddRange(options.Notes);
        foreach (var pattern in patterns.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var files = FilePattern.Files(Path.Combine(folder, pattern));
            if (files.Count == 0)
                notes.Add(new ImportNote(options.Place("files"), $"[include]: no file is like {pattern}."));
            foreach (var file in files)
                yield return file;
        }
    }
}
