using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Aios.Cli;

/// <summary>Options that take a whole number; anything else is told in words.</summary>
internal static class WholeNumber
{
    /// <summary>An option that is null where it is not given.</summary>
    public static Option<int?> Option(string name, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = "N",
            CustomParser = Parse,
        };

    private static int? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        result.AddError($"{((OptionResult)result.Parent!).Option.Name}: found \"{text}\", expected a whole number.");
        return null;
    }
}
