namespace Aios.Store;

/// <summary>What can be said of a database from outside, without changing it.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Damage">What is wrong with its structure, a line each; empty if nothing was found.</param>
/// <param name="IsChecked">Whether all of it was looked through.</param>
/// <param name="NotWritable">Why it takes no writes, in words; null if it does or if somebody only holds the lock just now.</param>
internal sealed record DatabaseExamination(long Bytes, IReadOnlyList<string> Damage, bool IsChecked, string? NotWritable)
{
    /// <summary>What to do about damage.</summary>
    public required string MendAdvice { get; init; }

    /// <summary>How to look all of it through without holding anybody up.</summary>
    public required string CheckAdvice { get; init; }
}
