using System.Globalization;

namespace Aios.Import;

/// <summary>The sections of supervisord's configuration.</summary>
internal sealed class SupervisordReader(List<IniFile.Section> sections, string folder)
{
    private const string ProgramPrefix = "program:";
    private const string GroupPrefix = "group:";
    private readonly NameMaker _names = new();

    /// <summary>In the order of the files.</summary>
    public List<ImportedJob> Jobs { get; } = [];

    /// <summary>What belongs to no job.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Reads them.</summary>
    public void Read()
    {
        foreach (var section in sections)
        {
            if (section.Name.StartsWith(ProgramPrefix, StringComparison.Ordinal)) AddProgram(section);
            else if (section.Name.StartsWith(GroupPrefix, StringComparison.Ordinal)) NoteGroup(section);
            else NoteOther(section);
        }
    }

    private void AddProgram(IniFile.Section section)
    {
        var program = section.Name[ProgramPrefix.Length..].Trim();
        var first = section.Find("numprocs_start") is { } start && int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var count = section.Find("numprocs") is { } processes && int.TryParse(processes, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? Math.Clamp(many, 1, 1000) : 1;
        for (var process = first; process < first + count; process++)
        {
            var values = new SupervisordValues(folder, program, GroupOf(program) ?? program, process);
            var given = section.Find("process_name") is { } pattern ? values.Expand(pattern) : count == 1 ? program : $"{program}_{process}";
            // Notes that are the same for each process are told once.
            var job = new SupervisordProgram(section, values, CommonEnvironment()).Job(_names.From(given), GroupOf(program), withNotes: process == first);
            Jobs.Add(job);
        }
    }

    private string? GroupOf(string program) => sections
        .Where(section => section.Name.StartsWith(GroupPrefix, StringComparison.Ordinal))
        .FirstOrDefault(section => (section.Find("programs") ?? "").Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(program))?.Name[GroupPrefix.Length..].Trim();

    private string? CommonEnvironment() => sections.FirstOrDefault(section => section.Name == "supervisord")?.Find("environment");

    private void NoteGroup(IniFile.Section section)
    {
        Notes.Add(new ImportNote(section.Place, $"[{section.Name}]: there are no groups; its name is in the description of its jobs. Steer the jobs one by one."));
        foreach (var setting in section.Settings.Where(setting => setting.Name != "programs")) Notes.Add(new ImportNote(setting.Place, $"{setting.Name} of [{section.Name}]: there are no groups."));
    }

    private void NoteOther(IniFile.Section section)
    {
        var words = section.Name switch
        {
            "supervisord" => "settings of supervisord itself; AIOS has its own (aios.yaml)." + (section.Find("environment") is null ? "" : " Its environment is given to each job."),
            "supervisorctl" or "unix_http_server" => "how supervisorctl finds supervisord; aios needs nothing of the kind.",
            "inet_http_server" => "AIOS serves an API of its own (`listen` in aios.yaml, docs/api.md).",
            _ when section.Name.StartsWith("rpcinterface:", StringComparison.Ordinal) => "AIOS serves an API of its own (docs/api.md).",
            _ when section.Name.StartsWith("eventlistener:", StringComparison.Ordinal) => "not taken over: it speaks supervisord's event protocol. `notify` tells of failures (docs/notices.md), the API of everything (docs/api.md).",
            _ when section.Name.StartsWith("fcgi-program:", StringComparison.Ordinal) => "not taken over: AIOS opens no socket for programs. Let the program open its own, and write it as a job of type always.",
            _ => "not known, and not taken over.",
        };
        Notes.Add(new ImportNote(section.Place, $"[{section.Name}]: {words}"));
    }
}
