using System.CommandLine;
using System.CommandLine.Parsing;
using Aios.Cli.Help;

namespace Aios.Cli;

/// <summary>
/// An option without its value takes the next one for it: <c>aios --db --help</c> would make a file of that name. A value
/// that begins with two dashes is therefore written with an equals sign.
/// </summary>
internal sealed class SwallowedOption
{
    private static readonly string[] Help = ["--help", "-h", "-?"];
    private readonly OptionResult _option;
    private readonly string _value;

    private SwallowedOption(OptionResult option, string value) => (_option, _value) = (option, value);

    /// <summary>Whether it is help that was asked for.</summary>
    public bool AsksForHelp => Help.Contains(_value);

    /// <summary>What is wrong.</summary>
    public string Message =>
        $"{_option.Option.Name} needs a value, found {_value}: {CommandTree.Label(_option.Option)}. A value that begins with -- is "
        + $"written {_option.Option.Name}={_value}.";

    /// <summary>The first such option; null if there is none.</summary>
    public static SwallowedOption? Of(ParseResult parsed, string[] arguments)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Children.OfType<OptionResult>())
            {
                var swallowed = new SwallowedOption(option, option.Tokens is [var token, ..] ? token.Value : "");
                if (swallowed.IsOption && swallowed.At(arguments) >= 0)
                    return swallowed;
            }
        }

        return null;
    }

    /// <summary>The arguments without the option that has no value.</summary>
    public string[] Without(string[] arguments) => [.. arguments.Where((_, index) => index != At(arguments))];

    private bool IsOption => Help.Contains(_value) || UsageErrors.IsLongOption(_value);

    // With an equals sign the two are one argument.
    private int At(string[] arguments)
    {
        for (var i = 0; i + 1 < arguments.Length; i++)
        {
            if (arguments[i + 1] == _value && (arguments[i] == _option.Option.Name || _option.Option.Aliases.Contains(arguments[i])))
                return i;
        }

        return -1;
    }
}
