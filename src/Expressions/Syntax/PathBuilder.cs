using System.Collections.Immutable;

namespace Aios.Expressions.Syntax;

/// <summary>Gathers a <see cref="Reference"/>.</summary>
internal sealed class PathBuilder(string root, int position)
{
    private readonly ImmutableArray<string>.Builder _path = ImmutableArray.CreateBuilder<string>();
    private bool _isEnded;

    /// <summary>Adds a field or an index.</summary>
    /// <param name="part">Null for one that is not known yet: the path ends before it.</param>
    public void Add(string? part)
    {
        _isEnded |= part is null;
        if (!_isEnded)
            _path.Add(part!);
    }

    public Reference ToReference() => new(root, _path.ToImmutable(), position);
}
