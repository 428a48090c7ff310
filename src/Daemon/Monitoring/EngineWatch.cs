using Aios.Jobs;
using Aios.Running.Containers;

namespace Aios.Daemon.Monitoring;

/// <summary>Knows how the container engine is, as long as a job has an image; else nobody asks it.</summary>
/// <param name="containers">Through which it is asked.</param>
/// <param name="wake">Asks for a tick of the daemon.</param>
internal sealed class EngineWatch(ContainerRuns containers, Action wake)
{
    private Task _asking = Task.CompletedTask;
    private volatile string? _report;
    private volatile bool _isNews;

    /// <summary>In words: who it is, or what is wrong with it; null while no job has an image.</summary>
    public string? Report => _report;

    /// <summary>Whether the report has changed and nobody has taken note of it.</summary>
    public bool HasNews => _isNews;

    /// <summary>Asks, if a job has an image. Returns at once.</summary>
    public void Ask(JobList list)
    {
        if (!list.NeedEngine)
            Record(null);
        else if (_asking.IsCompleted)
            _asking = AskEngine();
    }

    /// <summary>Whether the report has changed since the last question.</summary>
    public bool TakeNews()
    {
        if (!_isNews)
            return false;
        _isNews = false;
        return true;
    }

    private async Task AskEngine()
    {
        Record((await containers.Report().ConfigureAwait(false)).Words);
        if (_isNews)
            wake();
    }

    private void Record(string? report)
    {
        if (report == _report)
            return;
        _report = report;
        _isNews = true;
    }
}
