namespace Aios.Running.Containers;

/// <summary>How long an engine is waited for that does not answer: it may be restarted just now.</summary>
/// <param name="ToStart">Before a run fails that could not start.</param>
/// <param name="ToEnd">Before a run that is to end is given up. What is left of it is removed when the engine is back.</param>
/// <param name="ToReturn">Before a run that went on is given up, or one that a dead daemon left.</param>
internal sealed record EnginePatience(TimeSpan ToStart, TimeSpan ToEnd, TimeSpan ToReturn)
{
    public static readonly EnginePatience Usual = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(5));

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Does it again while the engine does not answer, as long as there is patience.</summary>
    /// <param name="patience">From the first failure on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="call">What is done.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="EngineException">It refused, or did not come back.</exception>
    public static async Task<T> Keep<T>(TimeSpan patience, TimeProvider time, Func<Task<T>> call, CancellationToken cancel)
    {
        long? since = null;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Engine.EngineException error) when (error.IsUnreachable)
            {
                since ??= time.GetTimestamp();
                if (time.GetElapsedTime(since.Value) >= patience)
                    throw;
            }

            await Task.Delay(pause, time, cancel).ConfigureAwait(false);
        }
    }
}
