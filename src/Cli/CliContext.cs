namespace Aios.Cli;

/// <summary>What verbs speak to.</summary>
/// <param name="Out">For what was asked for.</param>
/// <param name="Error">For what went wrong.</param>
/// <param name="Clock">The only source of time.</param>
public sealed record CliContext(TextWriter Out, TextWriter Error, TimeProvider Clock)
{
    /// <summary>Where <see cref="Out"/> is shown.</summary>
    public Screen Screen { get; init; } = Screen.None;

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Says what went wrong.</summary>
    /// <returns>The exit status that goes with it.</returns>
    public int Fail(string message, int status = ExitStatus.Failed)
    {
        Error.WriteLine($"aios: {message}");
        return status;
    }
}
