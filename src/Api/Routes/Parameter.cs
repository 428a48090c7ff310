using Aios.Api.Shapes;

namespace Aios.Api.Routes;

/// <summary>A parameter of a request that stands in its address, behind the question mark.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Shape">Of its value.</param>
internal sealed record Parameter(string Name, Shape Shape);
