using System.CommandLine;
using Aios.Cli.Completion;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>Options that take one of a few words; anything else is told with the nearest one.</summary>
internal sealed class Choice<T>
    where T : struct, Enum
{
    private readonly string[] _words;
    private readonly Option<string?> _option;

    /// <param name="name">With its dashes.</param>
    /// <param name="description">One line for people, to which the words are added.</param>
    /// <param name="word">The word for a value; its name in lower case if none is given.</param>
    /// <param name="helpName">What stands for a word in the usage.</param>
    public Choice(string name, string description, Func<T, string>? word = null, string helpName = "WORD")
    {
        _words = [.. Enum.GetValues<T>().Select(word ?? (value => value.ToString().ToLowerInvariant()))];
        _option = new Option<string?>(name) { Description = $"{description}: {string.Join(", ", _words)}", HelpName = helpName }.With(
            _words
        );
    }

    /// <summary>For the command.</summary>
    public Option Option => _option;

    /// <summary>What is given; null for nothing.</summary>
    /// <exception cref="CommandLineException">It is none of the words.</exception>
    public T? In(ParseResult parsed)
    {
        if (parsed.GetValue(_option) is not { } text)
            return null;
        if (Array.IndexOf(_words, text.ToLowerInvariant()) is >= 0 and var place)
            return Enum.GetValues<T>()[place];
        throw new CommandLineException(
            $"{_option.Name}: found \"{text}\", expected one of: {string.Join(", ", _words)}.{NearestName.Hint(text, _words)}"
        );
    }
}
