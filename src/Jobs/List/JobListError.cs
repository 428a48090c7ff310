using System.Collections.Immutable;
using System.Text;

namespace Aios.Jobs;

/// <summary>One thing that is wrong with a job list, or worth a warning, and where.</summary>
/// <param name="File">As a person calls it, such as <c>Jobs/jobs.yaml</c>.</param>
/// <param name="Line">From 1; 0 where the whole file or folder is meant.</param>
/// <param name="Column">From 1; 0 where the whole file or folder is meant.</param>
/// <param name="Job">The job's name, <c>#3</c> for the third job of the file if it has none, null outside a job.</param>
/// <param name="Field">The field, null if the job as a whole is meant.</param>
/// <param name="Problem">What is wrong; null if <paramref name="Found"/> and <paramref name="Expected"/> say it.</param>
/// <param name="Found">What is written there.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Nearest">Valid names like the one found, the most alike first.</param>
/// <param name="Excerpt">The lines that are meant, each with a mark below it; null where the place says enough.</param>
internal sealed record JobListError(
    string File,
    int Line,
    int Column,
    string? Job,
    string? Field,
    string? Problem,
    string? Found,
    string? Expected,
    ImmutableArray<string> Nearest,
    string? Excerpt = null
)
{
    /// <summary>The whole of it for people, with the lines that are meant below it.</summary>
    /// <param name="indent">What stands before each line but the first.</param>
    public string ToText(string indent = "") =>
        Excerpt is null ? ToString() : $"{this}\n{indent}  {Excerpt.Replace("\n", $"\n{indent}  ", StringComparison.Ordinal)}";

    /// <summary>The whole of it on one line, for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line > 0)
            text.Append(':').Append(Line).Append(':').Append(Column);
        text.Append(": ");
        AppendSubject(text);
        text.Append(Problem ?? $"found {Found}, expected {Expected}");
        if (text[^1] is not ('.' or '?' or '!'))
            text.Append('.');
        AppendNearest(text);
        return text.ToString();
    }

    private void AppendSubject(StringBuilder text)
    {
        if (Job is not null)
            text.Append(Job.StartsWith('#') ? $"job {Job}" : $"job \"{Job}\"");
        if (Field is not null)
            text.Append(Job is null ? $"field \"{Field}\"" : $", field \"{Field}\"");
        if (Job is not null || Field is not null)
            text.Append(": ");
    }

    private void AppendNearest(StringBuilder text)
    {
        if (Nearest.IsDefaultOrEmpty)
            return;

        text.Append(" Did you mean ");
        for (var i = 0; i < Nearest.Length; i++)
        {
            if (i > 0)
                text.Append(i == Nearest.Length - 1 ? " or " : ", ");
            text.Append('"').Append(Nearest[i]).Append('"');
        }

        text.Append('?');
    }
}
