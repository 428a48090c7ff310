using Aios.Models.Configuration;

namespace Aios.Models.Calls;

/// <summary>Holds requests and tokens of a provider to what its settings allow in a minute: what is used comes back evenly.</summary>
internal sealed class ProviderRate(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _requests;
    private double _tokens;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a request; else the answer is how long it takes until there is room.</summary>
    public TimeSpan? TryTake(ModelProvider provider, long tokens)
    {
        lock (_gate)
        {
            var minutes = clock.GetElapsedTime(_at).TotalMinutes;
            _at = clock.GetTimestamp();
            _requests = Math.Max(0, _requests - (minutes * (provider.RequestsPerMinute ?? 0)));
            _tokens = Math.Max(0, _tokens - (minutes * (provider.TokensPerMinute ?? 0)));
            if (provider.RequestsPerMinute is { } requests && _requests + 1 > requests)
                return TimeSpan.FromMinutes((_requests + 1 - requests) / requests);
            // A request that is larger than all of it goes through when nothing else has.
            if (provider.TokensPerMinute is { } most && _tokens > 0 && _tokens + tokens > most)
                return TimeSpan.FromMinutes((_tokens + Math.Min(tokens, most) - most) / most);
            _requests += provider.RequestsPerMinute is null ? 0 : 1;
            _tokens += provider.TokensPerMinute is null ? 0 : tokens;
            return null;
        }
    }
}
