using System.CommandLine;

namespace Aios.Cli;

/// <summary>The option <c>--limit</c> of verbs that list rows.</summary>
/// <param name="standard">How many rows where it is not given.</param>
internal sealed class RowLimit(int standard)
{
    /// <summary>For the command.</summary>
    public Option<int?> Option { get; } = WholeNumber.Option("--limit", $"Maximum number of rows (default: {standard}; 0: all)", "-n");

    /// <summary>How many rows at most.</summary>
    /// <exception cref="CommandLineException">It is negative.</exception>
    public int In(ParseResult parsed)
    {
        var limit = parsed.GetValue(Option) ?? standard;
        if (limit < 0)
            throw new CommandLineException($"--limit: found {limit}, expected 0 or more.");
        return limit == 0 ? int.MaxValue : limit;
    }
}
