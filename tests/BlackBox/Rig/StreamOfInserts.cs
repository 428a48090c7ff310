using System.Collections.Concurrent;

namespace Aios.Tests.BlackBox;

/// <summary>
/// Inserts triggers one after another from a thread of its own, as a foreign program would, and remembers those whose commit was
/// acknowledged.
/// </summary>
internal sealed class StreamOfInserts : IDisposable
{
    private readonly ConcurrentQueue<long> _committed = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly Thread _thread;
    private volatile bool _stopped;

    public StreamOfInserts(AiosHome home, params string[] jobs)
    {
        _thread = new Thread(() => Insert(home, jobs)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The ids of the rows that are there for certain.</summary>
    public IReadOnlyCollection<long> Committed => _committed;

    /// <summary>Inserts no more.</summary>
    public void Stop()
    {
        _stopped = true;
        _thread.Join();
        Assert.Empty(_failures);
        Assert.NotEmpty(_committed);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
    }

    private void Insert(AiosHome home, string[] jobs)
    {
        try
        {
            for (var i = 0; !_stopped; i++)
            {
                _committed.Enqueue(home.Insert(jobs[i % jobs.Length]));
                Thread.Sleep(20);
            }
        }
        catch (Exception error)
        {
            _failures.Enqueue(error);
        }
    }
}
