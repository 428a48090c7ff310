using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>A file of sections, as Python's configparser reads it for supervisord.</summary>
internal sealed partial class IniFile
{
    /// <summary>A section, in the order of the file.</summary>
    internal sealed record Section(string Name, string Place, List<Setting> Settings)
    {
        /// <summary>The value of that name, or null.</summary>
        public string? Find(string name) => Settings.FindLast(setting => setting.Name == name)?.Value;
    }

    /// <summary>A line <c>name = value</c> with those that continue it.</summary>
    internal sealed record Setting(string Name, string Value, string Place);

    /// <summary>All sections.</summary>
    public List<Section> Sections { get; } = [];

    /// <summary>Lines that are nothing of the kind.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Reads a text.</summary>
    public static IniFile Read(string text, string fileName)
    {
        var file = new IniFile();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++) file.ReadLine(lines[i], $"{fileName}:{i + 1}");
        return file;
    }

    private void ReadLine(string line, string place)
    {
        if (line.TrimStart() is "" or ['#' or ';', ..]) return;
        // A semicolon after a blank begins a comment.
        var code = Comment().Replace(line, "").TrimEnd();
        if (code.Trim().Length == 0) return;
        if (char.IsWhiteSpace(code[0]) && Sections is [.., { Settings.Count: > 0 } open]) Continue(open.Settings, code.Trim());
        else if (Heading().Match(code) is { Success: true } heading) Sections.Add(new Section(heading.Groups[1].Value.Trim(), place, []));
        else if (Line().Match(code) is { Success: true } setting && Sections is [.., var section]) section.Settings.Add(new Setting(setting.Groups[1].Value.Trim().ToLowerInvariant(), setting.Groups[2].Value.Trim(), place));
        else Notes.Add(new ImportNote(place, $"not understood, and not taken over: {line.Trim()}"));
    }

    private static void Continue(List<Setting> settings, string more) => settings[^1] = settings[^1] with { Value = $"{settings[^1].Value}\n{more}".Trim() };

    [GeneratedRegex(@"\s;.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\[([^\]]+)\]$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^([^=:]+)[=:](.*)$")]
    private static partial Regex Line();
}
