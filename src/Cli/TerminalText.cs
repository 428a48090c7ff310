using System.Text.RegularExpressions;

namespace Aios.Cli;

/// <summary>What a program printed, made fit for a terminal or a file.</summary>
internal static partial class TerminalText
{
    private const char EscapePicture = '\u241B';

    /// <summary>Colours stay where they are wanted and go where not; any other escape sequence could do harm and is only shown.</summary>
    public static string Of(string text, bool colours)
    {
        if (!text.Contains('\e')) return text;
        return Escape().Replace(text, match => match.Groups["colour"].Success ? (colours ? match.Value : "") : $"{EscapePicture}");
    }

    [GeneratedRegex(@"\e(?<colour>\[[0-9;:]*m)?")]
    private static partial Regex Escape();
}
