using Aios.Jobs.Yaml;

namespace Aios.Jobs;

/// <summary>
/// Guesses where something belongs that begins in the wrong column, so that a message can say it. YAML itself sees nothing wrong
/// there.
/// </summary>
internal static class Misplaced
{
    private static readonly string[] FreeMaps = ["kwargs", "env"];

    /// <summary>What to add about an entry that is no field of a job.</summary>
    public static string AsField(YamlMap map, YamlEntry entry, JobFields fields)
    {
        if (NamelessLine.Mistake(entry.Name) is { } mistake)
            return "; " + mistake;

        var above = map.Entries.TakeWhile(other => other != entry).LastOrDefault(other => fields.Find(other.Name) is not null);
        if (above is null || above.Key.Column != entry.Key.Column || above.Key.Line == entry.Key.Line)
            return "";
        if (above.Value.IsNull)
            return $"; if it belongs to \"{above.Name}\" on line {above.Key.Line}, which is empty, indent it by two more";
        return above.Value is YamlMap { Entries: [var first, ..] } && IsBelow(above) && first.Key.Column > entry.Key.Column
            ? $"; if it belongs to \"{above.Name}\" on line {above.Key.Line}, indent it by {first.Key.Column - entry.Key.Column} more"
            : "";
    }

    /// <summary>Whether one of the fields is there under a name that is almost its own, which is an error already.</summary>
    public static bool IsMisspelt(YamlMap map, IEnumerable<JobField> fields, Reporter report)
    {
        var wanted = fields.SelectMany(field => field.Names).ToHashSet(StringComparer.Ordinal);
        var unknown = map.Entries.Where(entry => report.Fields.Find(entry.Name) is null);
        return unknown.Any(entry => report.Nearest(entry.Name, report.Fields.All.SelectMany(known => known.Names)).Any(wanted.Contains));
    }

    /// <summary>What to add about a list item that is no job.</summary>
    /// <param name="item">The item.</param>
    /// <param name="above">The job above it.</param>
    public static string AsJob(YamlNode item, YamlNode? above)
    {
        if (item is YamlScalar text && NamelessLine.Mistake(text.Text) is { } mistake)
            return "; " + mistake;
        return (above as YamlMap)?.Entries is [.., { Value: { IsNull: true } or YamlList } last] && last.Key.Line < item.Line
            ? $"; if it belongs to \"{last.Name}\" on line {last.Key.Line}, indent its dash to column {last.Key.Column}"
            : "";
    }

    /// <summary>What to add about a key beside the jobs.</summary>
    public static string AsKey(YamlEntry entry, JobFields fields) =>
        fields.Find(entry.Name) is null ? "" : "; if it is a field of the job above, indent it like the others of that job";

    /// <summary>A field of the job that stands inside another one of its own, and the name of that; null if there is none.</summary>
    public static (YamlEntry Entry, string Parent)? Find(YamlMap job, JobField field) =>
        field.Names.Select(name => FindIn(job, name, "")).FirstOrDefault(found => found is not null);

    /// <summary>Fields that the job has not, at the end of a map that may hold any names.</summary>
    public static IEnumerable<(YamlEntry Entry, string Parent)> Swallowed(YamlMap job, JobFields fields) =>
        from parent in job.Entries
        where FreeMaps.Contains(parent.Name) && IsBelow(parent)
        from entry in Trailing(parent.Value, fields)
        select (entry, parent.Name);

    /// <summary>Names without a value in such a map, before another name in the same column that may be meant as the value.</summary>
    public static IEnumerable<YamlEntry> Empty(YamlMap job) =>
        from parent in job.Entries
        where FreeMaps.Contains(parent.Name)
        from entry in EmptyIn(parent.Value)
        select entry;

    private static (YamlEntry Entry, string Parent)? FindIn(YamlNode node, string name, string parent)
    {
        if (node is YamlList list)
            return list.Items.Select(item => FindIn(item, name, parent)).FirstOrDefault(found => found is not null);
        if (node is not YamlMap map)
            return null;
        if (parent.Length > 0 && map.Find(name) is { Value.IsNull: false } entry)
            return (entry, parent);

        return map.Entries.Where(IsBelow).Select(inner => FindIn(inner.Value, name, inner.Name)).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<YamlEntry> Trailing(YamlNode node, JobFields fields)
    {
        if (node is not YamlMap { Entries.IsEmpty: false } map)
            return [];

        var names = map.Entries.Reverse().TakeWhile(entry => entry.Key.IsPlain && fields.Find(entry.Name) is not null).ToList();
        return names.Count > 0 || !IsBelow(map.Entries[^1]) ? names : Trailing(map.Entries[^1].Value, fields);
    }

    private static IEnumerable<YamlEntry> EmptyIn(YamlNode node)
    {
        if (node is not YamlMap map)
            yield break;

        for (var i = 0; i + 1 < map.Entries.Length; i++)
        {
            var (entry, next) = (map.Entries[i], map.Entries[i + 1]);
            if (
                entry.Value is YamlScalar { IsPlain: true, Text: "" }
                && next.Key.Line > entry.Key.Line
                && next.Key.Column == entry.Key.Column
            )
                yield return entry;
            foreach (var inner in EmptyIn(entry.Value))
                yield return inner;
        }
    }

    // Whether the value is a list or a map in lines of its own.
    private static bool IsBelow(YamlEntry entry) =>
        entry.Value switch
        {
            YamlMap { Entries: [var first, ..] } => first.Key.Line > entry.Key.Line,
            YamlList { Items: [var first, ..] } => first.Line > entry.Key.Line,
            _ => false,
        };
}
