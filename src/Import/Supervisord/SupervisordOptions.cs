using System.Globalization;

namespace Aios.Import;

/// <summary>
/// The settings of a section, expanded as supervisord expands them. What must be known at once (how many processes, whether it
/// starts) takes variables from the environment of whoever takes over, and a note says so.
/// </summary>
internal sealed class SupervisordOptions(IniFile.Section section, SupervisordValues values)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>The section.</summary>
    public IniFile.Section Section => section;

    /// <summary>What could not be expanded, or was as it is now.</summary>
    public List<ImportNote> Notes { get; } = [];

    /// <summary>What the section's settings are expanded with.</summary>
    public SupervisordValues Values => values;

    /// <summary>Where a setting stands; the section where it does not.</summary>
    public string Place(string name) => section.FindSetting(name)?.Place ?? section.Place;

    /// <summary>Says something of a setting, once.</summary>
    public void Note(string name, string words)
    {
        if (_told.Add($"{name} {words}"))
            Notes.Add(new ImportNote(Place(name), $"{name}: {words}"));
    }

    /// <summary>A setting's value; variables that nobody has set yet are left for a shell.</summary>
    public string Expand(string name, string defaultValue, SupervisordValues with)
    {
        var text = section.Find(name) ?? defaultValue;
        return Expanded(name, text, text, () => with.Expand(text));
    }

    /// <summary>A setting's value as it is now.</summary>
    public string Now(string name, string defaultValue)
    {
        var taken = new SortedSet<string>(StringComparer.Ordinal);
        var text = section.Find(name) ?? defaultValue;
        var value = Expanded(name, text, defaultValue, () => values.ExpandNow(text, taken));
        if (taken.Count > 0)
            Note(
                name,
                $"{text} is written as it is now, with {string.Join(" and ", taken.Select(variable => $"{variable}={ValueOf(variable)}"))}."
            );
        return value;
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int defaultValue)
    {
        var text = Now(name, defaultValue.ToString(CultureInfo.InvariantCulture));
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        Note(name, $"{text} is no whole number; {defaultValue} is taken.");
        return defaultValue;
    }

    /// <summary>A switch.</summary>
    public bool IsYes(string name, bool defaultValue)
    {
        var text = Now(name, defaultValue ? "true" : "false").ToLowerInvariant();
        if (!IsYes(text) && !IsNo(text))
            Note(name, $"{text} is neither true nor false; {(defaultValue ? "true" : "false")} is taken.");
        return defaultValue ? !IsNo(text) : IsYes(text);
    }

    /// <summary>The variables of <c>environment</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment(SupervisordValues with)
    {
        try
        {
            return SupervisordEnvironment.Parse(with.Expand(section.Find("environment") ?? ""));
        }
        catch (FormatException error)
        {
            Note("environment", $"supervisord refuses it ({error.Message}); it is not taken over.");
            return [];
        }
    }

    /// <summary>Whether supervisord takes a text for true.</summary>
    public static bool IsYes(string text) => text is "true" or "yes" or "on" or "1";

    /// <summary>Whether supervisord takes a text for false.</summary>
    public static bool IsNo(string text) => text is "false" or "no" or "off" or "0";

    private static string ValueOf(string variable) => System.Environment.GetEnvironmentVariable(variable) ?? "";

    private string Expanded(string name, string text, string otherwise, Func<string> expand)
    {
        try
        {
            return expand();
        }
        catch (FormatException error)
        {
            Note(
                name,
                $"supervisord refuses \"{text}\" "
                    + $"({error.Message}){(otherwise == text ? "; it is written as it is" : $"; \"{otherwise}\" is taken")}."
            );
            return otherwise;
        }
    }
}
