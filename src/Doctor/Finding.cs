namespace Aios.Doctor;

/// <summary>What a check found.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Figure">What was found, in one line.</param>
/// <param name="Advice">What to do about it; null where nothing need be done.</param>
internal sealed record Finding(FindingState State, string Figure, string? Advice = null)
{
    /// <summary>As it should be.</summary>
    public static Finding Ok(string figure) => new(FindingState.Ok, figure);

    /// <summary>Worth knowing.</summary>
    public static Finding Note(string figure, string advice) => new(FindingState.Note, figure, advice);

    /// <summary>To be mended.</summary>
    public static Finding Problem(string figure, string advice) => new(FindingState.Problem, figure, advice);

    /// <summary>The state as people and programs read it.</summary>
    public string Word =>
        State switch
        {
            FindingState.Ok => "ok",
            FindingState.Note => "note",
            _ => "problem",
        };
}
