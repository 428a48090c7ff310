using Aios.Api.Shapes;

namespace Aios.Api.Routes;

/// <summary>What a route gives when all is well.</summary>
/// <param name="Shape">Of the body; null for none, or one that is no JSON.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="MediaType">Of the body.</param>
internal sealed record Answer(Shape? Shape, int Status = 200, string MediaType = "application/json")
{
    /// <summary>What the data of each event holds, where it is an event stream or can be one; null where it cannot.</summary>
    public Shape? Event { get; init; }

    /// <summary>Nothing but that it was done.</summary>
    public static readonly Answer None = new(null, 204, "");
}
