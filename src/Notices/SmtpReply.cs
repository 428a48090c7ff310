namespace Aios.Notices;

/// <summary>What a mail server answers.</summary>
/// <param name="Code">2xx and 3xx are good, 4xx may be good later, 5xx will not be.</param>
/// <param name="Lines">The words, line by line.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>Whether it is good.</summary>
    public bool IsGood => Code is >= 200 and < 400;

    /// <summary>In one line.</summary>
    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}
