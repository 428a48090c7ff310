namespace Aios.Api.Shapes;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">A JSON Pointer into the body ("" is the whole of it), or the name of a parameter.</param>
/// <param name="Detail">What was found and what was expected.</param>
internal sealed record FieldDefect(string Field, string Detail);
