using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Aios.Notices;

/// <summary>
/// Tells heartbeat services how jobs go, each job's pings one after another. Each is tried a few times and then left: the
/// next one is worth more, and a service that hears nothing says so itself. None of it is kept over a restart.
/// </summary>
internal sealed class Pinger(Sender sender, Action<string> log, TimeProvider clock) : IDisposable
{
    private const int MostWaiting = 10;
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (Channel<Ping> Pings, Task Work)> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _inTrouble = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Pings; returns at once. Where too many wait, the oldest are left out.</summary>
    public void Add(Ping ping) => _jobs.GetOrAdd(ping.JobName, Begin).Pings.Writer.TryWrite(ping);

    /// <summary>Gives those that wait a moment.</summary>
    public void Dispose()
    {
        foreach (var (pings, _) in _jobs.Values)
            pings.Writer.TryComplete();
        _ = Task.WaitAll([.. _jobs.Values.Select(job => job.Work)], PatienceAtTheEnd);
        _end.Cancel();
    }

    private (Channel<Ping>, Task) Begin(string jobName)
    {
        var pings = Channel.CreateBounded<Ping>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        return (pings, Work(pings.Reader));
    }

    private async Task Work(ChannelReader<Ping> pings)
    {
        await Task.Yield();
        try
        {
            await foreach (var ping in pings.ReadAllAsync(_end.Token).ConfigureAwait(false))
                await Tell(ping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends.
        }
    }

    private async Task Tell(Ping ping)
    {
        for (var tries = 1; ; tries++)
        {
            var result = await sender.Ping(ping.Target, ping.Suffix, ping.Body, _end.Token).ConfigureAwait(false);
            if (result.Problem is null)
                _inTrouble.TryRemove(ping.JobName, out _);
            else if (!result.IsHopeless && tries < Tries)
            {
                await Task.Delay(Pause * tries, clock, _end.Token).ConfigureAwait(false);
                continue;
            }
            else if (_inTrouble.TryAdd(ping.JobName, true))
                log($"The ping of job \"{ping.JobName}\" cannot be sent: {result.Problem}.");
            return;
        }
    }
}
