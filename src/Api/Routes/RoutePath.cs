using System.Collections.Immutable;
using Aios.Api.Shapes;

namespace Aios.Api.Routes;

/// <summary>The path of a route, such as <c>/api/v1/runs/{id}</c>. What stands in braces takes one segment, decoded.</summary>
internal sealed class RoutePath
{
    /// <summary>Stands for a job's name in each path; whoever may not see the job does not get further.</summary>
    public const string Job = "job";

    private readonly ImmutableArray<string> _segments;

    public RoutePath(string text)
    {
        Text = text;
        _segments = [.. text.Split('/').Skip(1)];
        Names = [.. _segments.Where(IsName).Select(segment => segment[1..^1])];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The names in braces, in their order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>What may stand in the place of a name: numbers for what is counted, texts for what has a name.</summary>
    public static Shape ShapeOf(string name) => name == "id" ? new WholeShape(1) : new TextShape { Shortest = 1, Longest = 1024 };

    /// <summary>The values of the names; null if the path is another one.</summary>
    public string[]? Match(string[] path)
    {
        if (path.Length != _segments.Length)
            return null;
        for (var i = 0; i < path.Length; i++)
        {
            if (!IsName(_segments[i]) && _segments[i] != path[i])
                return null;
        }

        return Names.IsEmpty ? [] : [.. path.Where((_, place) => IsName(_segments[place]))];
    }

    private static bool IsName(string segment) => segment.StartsWith('{');
}
