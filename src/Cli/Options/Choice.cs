using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>Options that take one of a few words; anything else is told with the nearest one.</summary>
internal sealed class Choice<T>
    where T : struct, Enum
{
    private static readonly string[] Words = [.. Enum.GetValues<T>().Select(value => value.ToString().ToLowerInvariant())];

    private readonly Option<string?> _option;

    /// <param name="name">With its dashes.</param>
    /// <param name="description">One line for people, to which the words are added.</param>
    public Choice(string name, string description) =>
        _option = new Option<string?>(name) { Description = $"{description}: {string.Join(", ", Words)}", HelpName = "WORD" }.With(Words);

    /// <summary>For the command.</summary>
    public Option Option => _option;

    /// <summary>What is given; null for nothing.</summary>
    /// <exception cref="CommandLineException">It is none of the words.</exception>
    public T? In(ParseResult parsed)
    {
        if (parsed.GetValue(_option) is not { } text)
            return null;
        if (Array.IndexOf(Words, text.ToLowerInvariant()) is >= 0 and var place)
            return Enum.GetValues<T>()[place];
        throw new CommandLineException(
            $"{_option.Name}: found \"{text}\", expected one of: {string.Join(", ", Words)}.{NearestName.Hint(text, Words)}"
        );
    }
}
