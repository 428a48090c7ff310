using System.Collections.Immutable;

namespace Aios.Api.Routes;

/// <summary>All that can be asked for.</summary>
internal sealed class RouteTable
{
    public RouteTable(IEnumerable<Route> routes)
    {
        All = [.. routes];
        var twice = All.GroupBy(route => route.Id)
            .Concat(All.GroupBy(route => $"{route.Method} {route.Path.Text}"))
            .FirstOrDefault(group => group.Skip(1).Any());
        if (twice is not null)
            throw new ArgumentException($"Two routes are called {twice.Key}.", nameof(routes));
    }

    /// <summary>In the order in which people read of them.</summary>
    public ImmutableArray<Route> All { get; }

    /// <summary>The route of a request with the values in its path.</summary>
    /// <param name="method">HEAD is answered as GET, without the body.</param>
    /// <param name="path">Its segments, decoded.</param>
    /// <param name="allowed">Where the path is known but not the method: the methods that are.</param>
    public (Route Route, string[] Values)? Find(string method, string[] path, out string allowed)
    {
        if (method == "HEAD")
            method = "GET";
        var others = new List<string>();
        foreach (var route in All)
        {
            if (route.Path.Match(path) is not { } values)
                continue;
            if (route.Method == method)
            {
                allowed = "";
                return (route, values);
            }

            others.Add(route.Method);
        }

        allowed = string.Join(", ", others.Contains("GET") ? others.Append("HEAD") : others);
        return null;
    }
}
