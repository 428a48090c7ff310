namespace Aios.Cli;

/// <summary>How a verb is used.</summary>
/// <param name="Line">As it is typed.</param>
/// <param name="About">What it does.</param>
internal sealed record Example(string Line, string About)
{
    /// <summary>So that a verb can list them as pairs.</summary>
    public static implicit operator Example((string Line, string About) pair) => new(pair.Line, pair.About);
}
