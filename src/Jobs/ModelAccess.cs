using System.Collections.Immutable;

namespace Aios.Jobs;

/// <summary>Which language models the programs of a job may call.</summary>
/// <param name="IsAllowed">Whether they may call any.</param>
/// <param name="Names">The routes and models they may name; empty for all.</param>
internal sealed record ModelAccess(bool IsAllowed, ImmutableArray<string> Names)
{
    /// <summary>None at all.</summary>
    public static readonly ModelAccess None = new(false, []);

    /// <summary>Whatever models.yaml has.</summary>
    public static readonly ModelAccess All = new(true, []);

    /// <summary>Whether a request may name this route or model.</summary>
    public bool Allows(string name) => IsAllowed && (Names.IsEmpty || Names.Contains(name, StringComparer.Ordinal));

    /// <inheritdoc />
    public bool Equals(ModelAccess? other) => other is not null && IsAllowed == other.IsAllowed && Names.SequenceEqual(other.Names);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(IsAllowed, Names.Length);
}
