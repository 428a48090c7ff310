namespace Aios.Import;

/// <summary>The sections of supervisord's configuration.</summary>
internal sealed class SupervisordReader
{
    private const string ProgramPrefix = "program:";
    private const string GroupPrefix = "group:";
    private const int Most = 1000;
    private readonly NameMaker _names = new();
    private readonly List<IniFile.Section> _sections;
    private readonly SupervisordValues _values;
    private readonly SupervisordDefaults _daemon;

    /// <param name="sections">In the order of the files.</param>
    /// <param name="folder">That of the first file.</param>
    public SupervisordReader(List<IniFile.Section> sections, string folder)
    {
        _sections = sections;
        var own = new SupervisordOptions(
            sections.Find(section => section.Name == "supervisord") ?? new IniFile.Section("supervisord", "", []),
            SupervisordValues.Of(folder)
        );
        var environment = own.Environment(own.Values);
        _values = own.Values.WithEnvironment(environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        _daemon = new SupervisordDefaults(FolderOf(own, folder), environment, Given(own, "user"), own.Place("user"), Given(own, "umask"));
        Notes.AddRange(own.Notes);
    }

    /// <summary>In the order of the files.</summary>
    public List<ImportedJob> Jobs { get; } = [];

    /// <summary>What belongs to no job.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Where programs without a folder of their own start.</summary>
    public string Folder => _daemon.Folder;

    /// <summary>Reads them.</summary>
    public void Read()
    {
        foreach (var section in _sections)
        {
            if (section.Name.StartsWith(ProgramPrefix, StringComparison.Ordinal))
                AddProgram(section);
            else if (section.Name.StartsWith(GroupPrefix, StringComparison.Ordinal))
                NoteGroup(section);
            else
                NoteOther(section);
        }
    }

    // supervisord goes where it is told, and a service of the system starts in its root.
    private static string FolderOf(SupervisordOptions own, string folder)
    {
        var given = Given(own, "directory");
        if (given is not null)
            return Path.GetFullPath(given, folder);
        return folder == "/etc" || folder.StartsWith("/etc/", StringComparison.Ordinal) ? "/" : folder;
    }

    private static string? Given(SupervisordOptions own, string name) => own.Section.Find(name) is null ? null : own.Now(name, "");

    // In each of its groups a program runs once.
    private void AddProgram(IniFile.Section section)
    {
        var program = section.Name[ProgramPrefix.Length..].Trim();
        var groups = GroupsOf(program).ToList();
        foreach (var group in groups)
            AddProcesses(section, program, group);
        if (groups.Count == 0)
            AddProcesses(section, program, group: null);
    }

    private void AddProcesses(IniFile.Section section, string program, string? group)
    {
        var common = _values.With(("program_name", program), ("group_name", group ?? program));
        var counts = new SupervisordOptions(section, common);
        var (first, count) = (counts.Number("numprocs_start", 0), counts.Number("numprocs", 1));
        if (count > Most)
            counts.Note("numprocs", $"{count} is more than {Most}; {Most} jobs are made.");
        if (count < 1)
            Notes.Add(
                new ImportNote(
                    counts.Place("numprocs"),
                    $"numprocs of [{section.Name}] is {count}: nothing of it ran, and it is not taken over."
                )
            );
        for (var process = first; process < first + Math.Clamp(count, 0, Most); process++)
            AddProcess(counts, common, process, isFirst: process == first, count, group);
    }

    private void AddProcess(SupervisordOptions counts, SupervisordValues common, int process, bool isFirst, int count, string? group)
    {
        var options = new SupervisordOptions(counts.Section, common);
        var program = new SupervisordProgram(options, _daemon, common.With(("process_num", process), ("numprocs", count)));
        var name = program.Name(count == 1 ? "%(program_name)s" : "%(program_name)s_%(process_num)d");
        var job = program.Job(_names.From(ShellVariable.AsWritten(name)), group);
        // Notes that are the same for each process are said once.
        if (isFirst)
            job.Notes.InsertRange(0, counts.Notes);
        else
            job.Notes.Clear();
        Jobs.Add(job);
    }

    private IEnumerable<string> GroupsOf(string program) =>
        _sections
            .Where(section => section.Name.StartsWith(GroupPrefix, StringComparison.Ordinal))
            .Where(section =>
                new SupervisordOptions(section, _values).Now("programs", "").Split(',', StringSplitOptions.TrimEntries).Contains(program)
            )
            .Select(section => section.Name[GroupPrefix.Length..].Trim());

    private void NoteGroup(IniFile.Section section)
    {
        Notes.Add(
            new ImportNote(
                section.Place,
                $"[{section.Name}]: there are no groups; its name is in the description of its jobs. Steer the jobs one by one."
            )
        );
        foreach (var setting in section.Settings.Where(setting => setting.Name != "programs"))
            Notes.Add(new ImportNote(setting.Place, $"{setting.Name} of [{section.Name}]: there are no groups."));
    }

    private void NoteOther(IniFile.Section section)
    {
        var words = section.Name switch
        {
            "supervisord" => "settings of supervisord itself; AIOS has its own (aios.yaml)."
                + (_daemon.Environment.Count == 0 ? "" : " Its environment is given to each job."),
            "supervisorctl" or "unix_http_server" => "how supervisorctl finds supervisord; aios needs nothing of the kind.",
            "inet_http_server" => "AIOS serves an API of its own (`listen` in aios.yaml, docs/api.md).",
            _ when section.Name.StartsWith("rpcinterface:", StringComparison.Ordinal) => "AIOS serves an API of its own (docs/api.md).",
            _ when section.Name.StartsWith("eventlistener:", StringComparison.Ordinal) =>
                "not taken over: it speaks supervisord's event protocol. `notify` tells of failures (docs/notices.md), the API of "
                    + "everything (docs/api.md).",
            _ when section.Name.StartsWith("fcgi-program:", StringComparison.Ordinal) =>
                "not taken over: AIOS opens no socket for programs. Let the program open its own, and write it as a job of type always.",
            _ => "not known, and not taken over.",
        };
        Notes.Add(new ImportNote(section.Place, $"[{section.Name}]: {words}"));
    }
}
