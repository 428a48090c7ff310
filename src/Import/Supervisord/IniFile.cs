using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>Files of sections, as Python's configparser reads them for supervisord. A section may go on in another file.</summary>
internal sealed partial class IniFile
{
    /// <summary>A section, in the order of the files.</summary>
    internal sealed record Section(string Name, string Place, List<Setting> Settings)
    {
        /// <summary>The value of that name, or null.</summary>
        public string? Find(string name) => FindSetting(name)?.Value;

        /// <summary>The setting of that name that counts, or null.</summary>
        public Setting? FindSetting(string name) => Settings.FindLast(setting => setting.Name == name);
    }

    /// <summary>A line <c>name = value</c> with those that continue it.</summary>
    internal sealed record Setting(string Name, string Value, string Place);

    private Section? _open;
    private bool _continues;
    private int _indent;

    /// <summary>All sections.</summary>
    public List<Section> Sections { get; } = [];

    /// <summary>Lines that are nothing of the kind.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The whole of it.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="folder">What <c>%(here)s</c> stands for in it.</param>
    public void Add(string text, string fileName, string folder)
    {
        (_open, _continues, _indent) = (null, false, 0);
        var here = folder.Replace("%", "%%", StringComparison.Ordinal);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            ReadLine(lines[i], $"{fileName}:{i + 1}", here);
    }

    // A section of one name is one section.
    private Section Open(string name, string place)
    {
        if (Sections.Find(section => section.Name == name) is { } known)
            return known;
        Sections.Add(new Section(name, place, []));
        return Sections[^1];
    }

    private void ReadLine(string line, string place, string here)
    {
        if (line.TrimStart() is "" or ['#' or ';', ..])
            return;
        // After a blank, both begin a comment.
        var code = Comment().Replace(line, "").Trim();
        if (code.Length == 0)
            return;
        var indent = line.Length - line.TrimStart().Length;
        if (_continues && indent > _indent)
        {
            Continue(code.Replace("%(here)s", here, StringComparison.Ordinal));
            return;
        }

        (_indent, _continues) = (indent, false);
        if (Heading().Match(code) is { Success: true } heading)
            _open = Open(heading.Groups[1].Value, place);
        else if (_open is not null && Line().Match(code) is { Success: true } setting)
            AddSetting(setting, place, here);
        else
            Notes.Add(new ImportNote(place, $"not understood, and not taken over: {line.Trim()}"));
    }

    private void AddSetting(Match setting, string place, string here)
    {
        var value = setting.Groups[2].Value.Trim().Replace("%(here)s", here, StringComparison.Ordinal);
        _open!.Settings.Add(new Setting(setting.Groups[1].Value.Trim().ToLowerInvariant(), value, place));
        _continues = true;
    }

    private void Continue(string more) => _open!.Settings[^1] = _open.Settings[^1] with { Value = $"{_open.Settings[^1].Value}\n{more}" };

    [GeneratedRegex(@"(?<=^|\s)[;#].*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\[(.+)\]")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^([^=:]+)[=:](.*)$")]
    private static partial Regex Line();
}
