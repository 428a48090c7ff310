using Aios.Cli.Help;

namespace Aios.Cli;

/// <summary>What verbs speak to.</summary>
/// <param name="Out">For what was asked for.</param>
/// <param name="Error">For what went wrong.</param>
/// <param name="Clock">The only source of time.</param>
public sealed record CliContext(TextWriter Out, TextWriter Error, TimeProvider Clock)
{
    private const string Speaker = "aios: ";
    private const string Indent = "      ";

    /// <summary>Where <see cref="Out"/> is shown.</summary>
    public Screen Screen { get; init; } = Screen.None;

    /// <summary>How many letters fit on a line of <see cref="Error"/>; null where it is no terminal.</summary>
    public int? ErrorColumns { get; init; }

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Says what went wrong.</summary>
    /// <returns>The exit status that goes with it.</returns>
    public int Fail(string message, int status = ExitStatus.Failed)
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
        foreach (var line in message.Split('\n').SelectMany(part => TextFlow.Lines(part, Math.Max(10, columns - Speaker.Length))))
        {
            Error.WriteLine($"{margin}{line}");
            margin = Indent;
        }
    }
}
