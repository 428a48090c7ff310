namespace Aios.Scheduling;

/// <summary>Which way a search goes through time. The value is the sign of a step.</summary>
internal enum Direction
{
    Backward = -1,
    Forward = 1,
}
