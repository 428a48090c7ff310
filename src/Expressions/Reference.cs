using System.Collections.Immutable;

namespace Aios.Expressions;

/// <summary>
/// What an expression refers to: <c>steps.a.result["y"][0]</c> is the root "steps" with the path "a", "result", "y", "0".
/// </summary>
/// <param name="Root">The name it begins with.</param>
/// <param name="Path">The fields and indices behind it, as text, up to the first that only an evaluation knows.</param>
/// <param name="Position">Where the root is in the text, in UTF-16 units from 0.</param>
internal sealed record Reference(string Root, ImmutableArray<string> Path, int Position)
{
    public bool Equals(Reference? other) =>
        other is not null && Root == other.Root && Position == other.Position && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(Root, Position, Path.Length);

    public override string ToString() => string.Join('.', Path.Prepend(Root));
}
