using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Aios.Jobs.Yaml;

namespace Aios.Import;

/// <summary>Texts as YAML that reads as the same texts again.</summary>
internal static partial class YamlText
{
    /// <summary>Without quotes where that is surely safe.</summary>
    public static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>On one line.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Scalar))}]";

    /// <summary>A line for each, under the field of a job.</summary>
    public static string Map(IEnumerable<KeyValuePair<string, string>> map) =>
        string.Concat(map.Select(pair => $"\n    {Scalar(pair.Key)}: {Scalar(pair.Value)}"));

    private static bool IsPlain(string text) =>
        Plain().IsMatch(text)
        && !CoreSchema.IsNull(text)
        && CoreSchema.Boolean(text) is null
        && CoreSchema.Number(text) is null
        && !CoreSchema.IsNotFinite(text)
        && !OtherYaml().IsMatch(text);

    private static string Quoted(string text)
    {
        var yaml = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\')
                yaml.Append('\\').Append((char)rune.Value);
            else if (rune.Value == '\n')
                yaml.Append("\\n");
            else if (IsPrintable(rune))
                yaml.Append(rune);
            else
                yaml.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return yaml.Append('"').ToString();
    }

    // Line and paragraph separators would be line breaks in YAML, and a byte order mark its beginning.
    private static bool IsPrintable(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF);

    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./@+=-]*$")]
    private static partial Regex Plain();

    // What other readers of YAML take for something else than a text.
    [GeneratedRegex("^(y|n|yes|no|on|off)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherYaml();
}
