using System.Text;

namespace Aios.Jobs;

/// <summary>The table of all fields, for people.</summary>
internal static class JobFieldTable
{
    /// <summary>The table in Markdown, one row a field, in the order in which a person reads about them.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| field | for | value | default | meaning | example |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var field in JobFields.Standard.All)
        {
            text.Append(
                $"| `{field.Name}` | {For(field)} | {field.Kind} | {Default(field)} | "
                    + $"{field.Description}{(field.OtherName is null ? "" : $" `{field.OtherName}` means the same.")} | `{field.Name}: "
                    + $"{field.Example}` |\n"
            );
        }

        return text.ToString();
    }

    private static string For(JobField field) => JobFields.Standard.KindsOf(field) is { Length: > 0 } kinds ? kinds : "all";

    private static string Default(JobField field)
    {
        if (field.IsRequired)
            return "required";
        if (field.OneOf is not null)
        {
            var choice = JobFields.Standard.All.Where(other => other.OneOf == field.OneOf).Select(other => $"`{other.Name}`");
            return $"one of {string.Join(", ", choice)} is required";
        }

        if (field.DefaultInWords is not null)
            return field.DefaultInWords;

        var value = JsonText.Write(field.WriteDefault);
        return value == "null" ? "none" : $"`{value}`";
    }
}
