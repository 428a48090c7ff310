namespace Aios.Api.Shapes;

/// <summary>A member of an object.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Shape">Of its value.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Field(string Name, Shape Shape, bool IsRequired = true);
