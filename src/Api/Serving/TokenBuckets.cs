namespace Aios.Api.Serving;

/// <summary>Holds each name to a number of things a second in the long run; a burst of some seconds is let through.</summary>
internal sealed class TokenBuckets(double perSecond, double burst, TimeProvider clock)
{
    // Beyond it those that are full are forgotten: full is what an unknown one is.
    private const int MostNames = 10_000;

    private readonly Dictionary<string, (double Tokens, long At)> _buckets = [];
    private readonly Lock _gate = new();

    /// <summary>Takes one; null if there was one, else how long until there is.</summary>
    public TimeSpan? TryTake(string name)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var tokens = _buckets.TryGetValue(name, out var bucket) ? Filled(bucket, now) : burst;
            if (!_buckets.ContainsKey(name) && _buckets.Count >= MostNames)
                Forget(now);
            if (tokens < 1)
            {
                _buckets[name] = (tokens, now);
                return TimeSpan.FromSeconds((1 - tokens) / perSecond);
            }

            _buckets[name] = (tokens - 1, now);
            return null;
        }
    }

    /// <summary>Gives one back that was taken in error.</summary>
    public void Give(string name)
    {
        lock (_gate)
        {
            if (_buckets.TryGetValue(name, out var bucket))
                _buckets[name] = (Math.Min(burst, bucket.Tokens + 1), bucket.At);
        }
    }

    private double Filled((double Tokens, long At) bucket, long now) =>
        Math.Min(burst, bucket.Tokens + (clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));

    private void Forget(long now)
    {
        foreach (var name in _buckets.Where(pair => Filled(pair.Value, now) >= burst).Select(pair => pair.Key).ToList())
            _buckets.Remove(name);
        if (_buckets.Count >= MostNames)
            _buckets.Clear();
    }
}
