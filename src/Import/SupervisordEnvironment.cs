using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>The value of <c>environment</c>: <c>A="1",B='two, three',C=4</c>.</summary>
internal static partial class SupervisordEnvironment
{
    /// <summary>Its variables; of two of one name the later counts.</summary>
    public static IEnumerable<(string Name, string Value)> Parse(string text) =>
        Variable().Matches(text).Select(match => (match.Groups["name"].Value, match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Groups["plain"].Value.Trim()));

    [GeneratedRegex("""(?<name>[A-Za-z_]\w*)\s*=\s*(?:(?<quote>["'])(?<quoted>.*?)\k<quote>|(?<plain>[^,\n]*))""", RegexOptions.Singleline)]
    private static partial Regex Variable();
}
