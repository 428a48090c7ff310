using System.Globalization;
using System.Text;

namespace Aios.Import;

/// <summary>Writes what was taken over as a job list, with a comment for all that could not be.</summary>
internal static class JobListWriter
{
    /// <summary>The list as YAML.</summary>
    public static string Write(ImportedList list, string sourceName)
    {
        var yaml = new StringBuilder();
        Comment(yaml, "", $"Taken over by `aios init --from {sourceName}` from {list.Source}.");
        foreach (var line in list.Head)
            Comment(yaml, "", line);
        foreach (var note in list.Notes)
            Comment(yaml, "", $"Not carried over: {note}");
        if (list.Defaults.Count > 0)
            yaml.Append("\ndefaults:\n");
        foreach (var (name, value) in list.Defaults)
            yaml.Append(CultureInfo.InvariantCulture, $"  {name}: {value}\n");
        if (list.Defaults.Count > 0)
            yaml.Append("\njobs:\n");
        if (list.Jobs.Count == 0)
            yaml.Append("[]\n");
        foreach (var job in list.Jobs)
            Append(yaml, job);
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, ImportedJob job)
    {
        yaml.Append('\n');
        foreach (var note in job.Notes)
            Comment(yaml, "", note.ToString());
        if (job.Fields.Count == 0)
            yaml.Append("- {}\n");
        for (var i = 0; i < job.Fields.Count; i++)
        {
            var (name, value) = job.Fields[i];
            yaml.Append(i == 0 ? "- " : "  ").Append(name).Append(':').Append(value.StartsWith('\n') ? "" : " ").Append(value).Append('\n');
        }
    }

    private static void Comment(StringBuilder yaml, string indent, string text)
    {
        var line = string.Concat(
            text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\uFEFF' ? ' ' : letter)
        );
        yaml.Append(indent).Append("# ").Append(line).Append('\n');
    }
}
