using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Aios.Cli.Confirm;

/// <summary>The options of verbs that are confirmed.</summary>
internal sealed class ConfirmOptions
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do it without asking, for scripts; the audit says so" };
    private readonly Option<long?> _approval = new("--approval")
    {
        Description = "The approval of another person, where `confirm` in aios.yaml asks for one",
        HelpName = "ID",
        CustomParser = ParseId,
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_yes);
        command.Options.Add(_approval);
    }

    /// <summary>Whether nobody is to be asked.</summary>
    public bool SaysYes(ParseResult parsed) => parsed.GetValue(_yes);

    /// <summary>The number of an approval, or null.</summary>
    public long? Approval(ParseResult parsed) => parsed.GetValue(_approval);

    private static long? ParseId(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return id;
        result.AddError($"--approval: found \"{text}\", expected the number of an approval.");
        return null;
    }
}
