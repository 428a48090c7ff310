using Aios.Daemon.Loop;
using Aios.Models.Configuration;
using Aios.Store;

namespace Aios.Daemon.History;

/// <summary>
/// Writes into the audit what has changed in models.yaml, whoever changed it and also while no daemon ran. A version counts when it
/// is still there at the second look, for an editor may write a file in several steps.
/// </summary>
internal sealed class ModelSettingsAudit(DaemonParts parts) : IDuty
{
    private readonly IntervalGate _gate = new(parts.Context.Clock, Orchestrator.LongestSleep);
    private ModelSettings? _seen;
    private ModelSettings? _written;
    private Task? _writing;

    // What devices read are files of their own.
    private string Name => $"models {parts.Context.Device}";

    /// <inheritdoc />
    public bool IsDue => _gate.IsOpen;

    /// <inheritdoc />
    public void Run()
    {
        _ = _gate.IsDue();
        var current = parts.Models.Current;
        var isStill = ReferenceEquals(current, _seen);
        _seen = current;
        // What a daemon starts with that finds mistakes is not what the file says.
        if (!isStill || ReferenceEquals(current, _written) || _writing is { IsCompleted: false } || !parts.Models.Errors.IsEmpty)
            return;
        _writing = Write(current);
    }

    private async Task Write(ModelSettings current)
    {
        var snapshot = ModelSettingsSnapshot.Of(current, parts.Context.DatabaseId);
        try
        {
            await parts.Store.Write(queue => Record(queue, snapshot)).ConfigureAwait(false);
            _written = current;
        }
        catch (Exception error) when (error is StoreException or ObjectDisposedException or InvalidOperationException)
        {
            // It is tried again, by the next daemon if this one ends; the database's trouble is reported elsewhere.
        }
    }

    private bool Record(IStoreTransaction queue, string snapshot)
    {
        var before = queue.Config.Find(Name);
        // Also where there has never been such a file.
        if (before == snapshot || DaemonAudit.ModelsChanged(parts.Context, before, snapshot) is not { } entry)
            return false;
        queue.Config.Put(Name, snapshot, parts.Context.Now);
        queue.Audit.Append(entry);
        return true;
    }
}
