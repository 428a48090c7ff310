namespace Aios.Store.Triggers;

/// <summary>A row that waits for a time, as a place from which those before it are looked at.</summary>
/// <param name="Due">When it is due, Unix seconds.</param>
/// <param name="Id">Its number.</param>
internal readonly record struct WaitingPlace(double Due, long Id)
{
    /// <summary>Behind all rows.</summary>
    public static readonly WaitingPlace End = new(double.MaxValue, long.MaxValue);
}
