namespace Aios.Import;

/// <summary>Something that a job list cannot say as the other system did.</summary>
/// <param name="Place">Where it stands there, as a person looks for it: <c>crontab:3</c>.</param>
/// <param name="Words">What it is, and what becomes of it or what to do.</param>
internal sealed record ImportNote(string Place, string Words)
{
    /// <inheritdoc />
    public override string ToString() => $"{Place}: {Words}";
}
