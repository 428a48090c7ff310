using Aios.Cli.Help;
using Aios.Platform;

namespace Aios.Cli;

/// <summary>
/// What verbs speak to. Text of others cannot do harm to a terminal, whichever verb writes it: see <see cref="TerminalWriter"/>.
/// </summary>
internal sealed class CliContext
{
    private const string Speaker = "aios: ";
    private const string Indent = "      ";

    /// <summary>Over two streams.</summary>
    /// <param name="output">For what was asked for.</param>
    /// <param name="error">For what went wrong.</param>
    /// <param name="clock">The only source of time.</param>
    /// <param name="screen">Where output is shown.</param>
    /// <param name="errorScreen">Where errors are shown.</param>
    public CliContext(TextWriter output, TextWriter error, TimeProvider clock, Screen? screen = null, Screen? errorScreen = null)
    {
        (Clock, Screen, ErrorColumns) = (clock, screen ?? Screen.None, errorScreen?.Columns);
        Out = new TerminalWriter(output, Screen.Colours);
        Error = new TerminalWriter(error, errorScreen?.Colours ?? false);
        Data = Screen.Columns is null ? output : Out;
        ErrorData = ErrorColumns is null ? error : Error;
        (OutTerminal, ErrorTerminal) = (output, error);
    }

    /// <summary>For what was asked for.</summary>
    public TextWriter Out { get; }

    /// <summary>For what went wrong.</summary>
    public TextWriter Error { get; }

    /// <summary>
    /// For what a program wrote, where just that was asked for: unchanged into a file or a pipe, fit for it on a terminal.
    /// </summary>
    public TextWriter Data { get; }

    /// <summary>The same beside the output.</summary>
    public TextWriter ErrorData { get; }

    /// <summary>For sequences of AIOS itself that move the cursor; text of others in them is cleaned by who writes it.</summary>
    internal TextWriter OutTerminal { get; }

    /// <summary>The same beside the output.</summary>
    internal TextWriter ErrorTerminal { get; }

    /// <summary>The only source of time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Where <see cref="Out"/> is shown.</summary>
    public Screen Screen { get; }

    /// <summary>How many letters fit on a line of <see cref="Error"/>; null where it is no terminal.</summary>
    public int? ErrorColumns { get; }

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Says what went wrong.</summary>
    /// <returns>The exit status that goes with it.</returns>
    public int Fail(string message, int status = ExitCode.Failed)
    {
        Say(message);
        return status;
    }

    /// <summary>A word to the person beside what was asked for: on a terminal in lines that fit, else as one line.</summary>
    public void Say(string message)
    {
        if (ErrorColumns is not { } columns)
        {
            Error.WriteLine($"{Speaker}{message}");
            return;
        }

        var margin = Speaker;
        foreach (
            var line in TerminalText
                .Of(message, colours: false)
                .Split('\n')
                .SelectMany(part => TextFlow.Lines(part, Math.Max(10, columns - Speaker.Length)))
        )
        {
            Error.WriteLine($"{margin}{line}");
            margin = Indent;
        }
    }
}
