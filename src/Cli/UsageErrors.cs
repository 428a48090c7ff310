using System.CommandLine;
using System.CommandLine.Parsing;
using Aios.Cli.Help;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>A command line that makes no sense, in words: what was found, what was expected, and what to do.</summary>
internal sealed class UsageErrors(ParseResult parsed)
{
    private readonly Command _command = parsed.CommandResult.Command;
    private readonly string _path = CommandTree.PathOf(parsed.CommandResult.Command);

    /// <summary>An option that is not known and was therefore taken for an argument; null if there is none.</summary>
    /// <remarks>A value that begins so stands behind "--".</remarks>
    public static string? StrayOption(ParseResult parsed)
    {
        if (parsed.CommandResult.Command.Hidden || parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            return null;
        return parsed.CommandResult.Tokens.Select(token => token.Value).FirstOrDefault(IsLongOption);
    }

    /// <summary>All that is wrong, a sentence each.</summary>
    public IEnumerable<string> Messages()
    {
        if (StrayOption(parsed) is { } stray)
            return [UnknownOption(stray)];
        if (parsed.UnmatchedTokens is [var first, ..])
            return [Unknown(first)];
        return parsed.Errors.Select(Message).Distinct();
    }

    /// <summary>Whether a text looks like an option.</summary>
    public static bool IsLongOption(string token) =>
        token.Length > 2 && token.StartsWith("--", StringComparison.Ordinal) && char.IsLetter(token[2]);

    private string Message(ParseError error) =>
        error.SymbolResult switch
        {
            CommandResult when CommandTree.Commands(_command).Any() => $"`{_path}` needs one of: {Subcommands()}.",
            ArgumentResult { Tokens.Count: 0, Parent: OptionResult option } => MissingValue(option.Option),
            OptionResult { Tokens.Count: 0 } option => MissingValue(option.Option),
            ArgumentResult { Tokens.Count: 0 } argument =>
                $"{argument.Argument.HelpName ?? argument.Argument.Name} is missing: {CommandTree.Usage(_command)}.",
            CommandResult when FirstMissing() is { } missing =>
                $"{missing.HelpName ?? missing.Name} is missing: {CommandTree.Usage(_command)}.",
            _ => error.Message,
        };

    private Argument? FirstMissing() =>
        _command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 }
        );

    private static string MissingValue(Option option) => $"{option.Name} needs a value: {CommandTree.Label(option)}.";

    private string Unknown(string token)
    {
        if (token.StartsWith('-'))
            return UnknownOption(token);
        var below = CommandTree.Commands(_command).ToList();
        if (below.Count == 0)
            return $"\"{token}\" is more than `{_path}` takes: {CommandTree.Usage(_command)}.{AdviceOnExtra(token)}";
        var hint = NearestName.Hint(token, below.Select(command => command.Name));
        if (hint.Length == 0 && _command is not RootCommand)
            hint = $" There is: {Subcommands()}.";
        return $"there is no verb \"{token}\"{(_command is RootCommand ? "" : $" of `{_path}`")}.{hint}";
    }

    private string AdviceOnExtra(string token) => (_command as Verb)?.AdviceOnExtra(parsed, token) is { } advice ? $" {advice}" : "";

    private string UnknownOption(string token)
    {
        var name = token.Split('=')[0];
        if (
            _command.Arguments.Any(argument =>
                argument.HelpName is { } called && called.Split('|').Contains(name.TrimStart('-'), StringComparer.OrdinalIgnoreCase)
            )
        )
            return $"`{_path}` has no option {name}; it is written without: {CommandTree.Usage(_command)}.";
        var names = CommandTree
            .OwnOptions(_command)
            .Concat(CommandTree.SharedOptions(_command))
            .SelectMany(option => option.Aliases.Append(option.Name));
        return $"`{_path}` has no option {name}.{NearestName.Hint(name, names)}";
    }

    private string Subcommands() => string.Join(", ", CommandTree.Commands(_command).Select(command => command.Name));
}
