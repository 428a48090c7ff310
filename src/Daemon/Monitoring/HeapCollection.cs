using Aios.Daemon.Loop;
using Aios.Platform;

namespace Aios.Daemon.Monitoring;

/// <summary>Gives memory back once a busy time is over.</summary>
internal sealed class HeapCollection(TimeProvider clock) : IDuty
{
    private readonly HeapCare _heap = new();
    private readonly IntervalGate _gate = new(clock, TimeSpan.FromSeconds(2));

    /// <inheritdoc />
    public bool IsDue => _gate.IsOpen;

    /// <inheritdoc />
    public void Run()
    {
        _gate.Begin();
        _heap.Look();
    }
}
