using System.Globalization;
using System.Text.RegularExpressions;

namespace Aios.Import;

/// <summary>What <c>%(name)s</c> stands for in the settings of a program.</summary>
/// <param name="Folder">The folder of the configuration.</param>
/// <param name="Program">Its name.</param>
/// <param name="Group">Its group's name, or its own.</param>
/// <param name="Process">The number of the process.</param>
internal sealed partial record SupervisordValues(string Folder, string Program, string Group, int Process)
{
    /// <summary>The text with all that is known put in; what supervisord takes from its own environment stays.</summary>
    public string Expand(string text) => Expression().Replace(text, match => match.Groups["name"].Value switch
    {
        "here" => Folder,
        "program_name" => Program,
        "group_name" => Group,
        "process_num" => match.Groups["width"].Value is { Length: > 0 } width ? Process.ToString($"D{int.Parse(width, CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture) : Process.ToString(CultureInfo.InvariantCulture),
        "host_node_name" => Environment.MachineName,
        _ => match.Value,
    }).Replace("%%", "%", StringComparison.Ordinal);

    /// <summary>The names of variables that a text takes from supervisord's environment.</summary>
    public static IEnumerable<string> Variables(string text) => Variable().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>A text as one word of a shell that puts those variables in.</summary>
    public static string ShellWord(string text)
    {
        var word = Variable().Split(text);
        // Each second part is the name of a variable.
        return string.Concat(word.Select((part, at) => at % 2 == 1 ? $"\"${{{part}}}\"" : part.Length == 0 && word.Length > 1 ? "" : ShellWords.Quote(part)));
    }

    [GeneratedRegex(@"%\((?<name>\w+)\)0?(?<width>\d*)[sd]")]
    private static partial Regex Expression();

    [GeneratedRegex(@"%\(ENV_(\w+)\)s")]
    private static partial Regex Variable();
}
