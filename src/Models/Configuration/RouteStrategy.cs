namespace Aios.Models.Configuration;

/// <summary>Which of a route's models is called first.</summary>
internal enum RouteStrategy
{
    /// <summary>The first of the list.</summary>
    Order,

    /// <summary>The one that would cost least.</summary>
    Cheapest,

    /// <summary>The one whose answers begin soonest.</summary>
    Fastest,

    /// <summary>The one that succeeds most often.</summary>
    Best,

    /// <summary>The best for its price and time.</summary>
    Balanced,
}
