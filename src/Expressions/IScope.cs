namespace Aios.Expressions;

/// <summary>The names that an expression can begin with, and their values.</summary>
internal interface IScope
{
    /// <summary>All names, for a message about one that is not there.</summary>
    IEnumerable<string> Roots { get; }

    bool TryGet(string root, out Value value);
}
