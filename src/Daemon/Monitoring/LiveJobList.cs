using Aios.Daemon.Reporting;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Daemon.Monitoring;

/// <summary>The job list in force. A list with mistakes never takes the place of a good one.</summary>
internal sealed class LiveJobList(DaemonSettings settings, JobList first, TimeProvider clock, DaemonLog log, LimitWarnings limits)
{
    // An editor may write a file in several steps; nothing is read before the folder has been still for so long.
    private static readonly TimeSpan Stillness = TimeSpan.FromMilliseconds(100);

    private readonly JobListSignature _files = new(settings.JobsFolder);
    private string _signature = JobListFiles.Signature(settings.JobsFolder);
    private HashSet<string> _logged = [.. first.Warnings.Select(warning => warning.ToString())];
    private string? _changing;
    private long _changedAt;
    private DateTimeOffset _unchanged = clock.GetUtcNow();

    /// <summary>The last good list.</summary>
    public JobList Current { get; private set; } = first;

    /// <summary>When the files of the last good list were changed, as far as that can be told: between two looks at them.</summary>
    public DateTimeOffset Changed { get; private set; } = clock.GetUtcNow();

    /// <summary>What is wrong with the files now, or null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether the files differ from those that were read last.</summary>
    public bool IsChanging => JobListFiles.Signature(settings.JobsFolder) != _signature;

    /// <summary>When to look again, while the files change.</summary>
    public TimeSpan? LookAgainIn => _changing is null ? null : Stillness;

    /// <summary>Whether to look again although no file was touched.</summary>
    public bool WantsLook => Force || _changing is not null;

    /// <summary>Reads the list even if it seems unchanged.</summary>
    public bool Force { get; set; }

    /// <summary>Looks whether the files have changed, and takes over a good list; true if it did.</summary>
    public bool TryReload()
    {
        var signature = _files.Read();
        if (!Force && signature == _signature)
        {
            _changing = null;
            _unchanged = clock.GetUtcNow();
            return false;
        }

        if (!Force && (signature != _changing || clock.GetElapsedTime(_changedAt) < Stillness))
        {
            if (signature != _changing)
                _changedAt = clock.GetTimestamp();
            _changing = signature;
            return false;
        }

        (_signature, _changing, Force) = (signature, null, false);
        if (JobListFiles.FindEmptied(settings.JobsFolder) is { } emptied)
        {
            // An editor in the middle of saving, or a full disk, is far more likely than the wish to end everything.
            Trouble =
                $"{emptied} holds nothing; the last valid list stays in force. To run no jobs from it, write [] into it or remove it.";
            if (_logged.Add(Trouble))
                log.Error(Trouble);
            return false;
        }

        return TakeOver(JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder));
    }

    // Each once, whatever number of times the file is saved with it.
    private void LogFaults(JobList list)
    {
        var warnings = list.Warnings.Select(warning => warning.ToString()).ToHashSet();
        var errors = list.Errors.Select(error => error.ToString()).ToHashSet();
        foreach (var warning in warnings.Except(_logged))
            log.Warning(warning);
        var news = errors.Except(_logged).ToList();
        foreach (var error in news)
            log.Error(error);
        if (news.Count > 0)
            log.Error(
                $"The last valid job list stays in force until "
                    + $"{(errors.Count == 1 ? "this mistake is" : $"all {errors.Count} mistakes are")} fixed."
            );
        _logged = [.. warnings, .. errors];
    }

    private bool TakeOver(JobList list)
    {
        LogFaults(list);
        if (list.Errors.Length > 0)
        {
            Trouble =
                $"The job list has {list.Errors.Length} {(list.Errors.Length == 1 ? "mistake" : "mistakes")} ({list.Errors[0]}); the last "
                + $"valid one stays in force.";
            return false;
        }

        Trouble = null;
        Current = list;
        Changed = WhenChanged();
        limits.Tell(list);
        Memory.GiveBack();
        log.Info($"Took over the job list: {list.CountInWords}.");
        return true;
    }

    // What a file says of its own age may be wrong, as after a copy.
    private DateTimeOffset WhenChanged()
    {
        var now = clock.GetUtcNow();
        var saved = JobListFiles.LastChange(settings.JobsFolder) ?? now;
        if (saved < _unchanged)
            saved = _unchanged;
        _unchanged = now;
        return saved < now ? saved : now;
    }
}
