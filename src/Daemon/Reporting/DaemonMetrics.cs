using Aios.Daemon.Claiming;
using Aios.Daemon.Ticks;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Runs;
using Aios.Store.Triggers;
using Aios.Telemetry;

namespace Aios.Daemon.Reporting;

/// <summary>
/// What the daemon counts. All of it begins at 0 when it starts, and is counted when the commit that writes it down is
/// durable: so it agrees with the rows that this device has written since.
/// </summary>
internal sealed class DaemonMetrics(DaemonContext context)
{
    /// <summary>So many jobs have series of their own.</summary>
    public const int MostJobs = 200;

    private readonly Counter _started = new("aios_runs_started_total", "Runs that were claimed, by what made their trigger.", "source");
    private readonly Counter _ended = new("aios_runs_total", "Runs that ended, by job and status.", "job_name", "status");
    private readonly Counter _retries = new("aios_run_retries_total", "Runs that get another attempt.", "job_name");
    private readonly Counter _restarts = new("aios_restarts_total", "Processes of always jobs that ended and start again.", "job_name");
    private readonly Counter _cpu = new("aios_run_cpu_seconds_total", "Processor time that runs have used.", "job_name");
    private readonly Counter _output = new("aios_run_output_bytes_total", "Bytes that runs have printed.", "job_name");
    private readonly Counter _occurrences = new(
        "aios_occurrences_total",
        "Occurrences of schedules: on_time, catch_up (missed and made up for), skipped.",
        "outcome"
    );
    private readonly Counter _lines = new("aios_log_lines_total", "Log lines that were kept, by level.", "level");
    private readonly Counter _linesLost = new(
        "aios_log_lines_dropped_total",
        "Log lines that were not kept or not shown: over the output budget of their run, or too slow a database or terminal.",
        "where"
    );
    private readonly Counter _works = new("aios_commit_works_total", "Pieces of work that commits have made durable.");
    private readonly Counter _tries = new(
        "aios_commit_retries_total",
        "Commits that had to be tried again, for the database was locked or took no writes."
    );
    private readonly Histogram _duration = new("aios_run_duration_seconds", "How long runs took, by job.", Buckets.Runs, "job_name");
    private readonly Histogram _memory = new("aios_run_peak_memory_bytes", "The most memory that a process of a run held.", Buckets.Memory);
    private readonly Histogram _wait = new(
        "aios_run_queue_wait_seconds",
        "From when a trigger could run until it was claimed; first attempts only.",
        Buckets.Waits,
        "source"
    );
    private readonly Histogram _lag = new(
        "aios_schedule_lag_seconds",
        "From when an occurrence was due until its trigger was durable; those on time only.",
        Buckets.Waits
    );
    private readonly Histogram _commit = new(
        "aios_commit_duration_seconds",
        "How long commits took until they were durable, waiting for others' locks included.",
        Buckets.Short
    );
    private readonly Histogram _pass = new(
        "aios_pass_duration_seconds",
        "How long turns of the loop took that looked at the database.",
        Buckets.Short
    );
    private readonly LabelLimit _jobs = new(MostJobs);
    private long _inboxDropped;
    private long _terminalDropped;

    /// <summary>The label of a job: its name, or <see cref="LabelLimit.Other"/>.</summary>
    public string Label(string jobName) => _jobs.Of(jobName);

    /// <summary>The labels of all jobs that have run.</summary>
    public IReadOnlyList<string> Labels => _jobs.Known;

    /// <summary>Counts what a tick has changed, once it is durable.</summary>
    public void RecordTick(TickResult result, InboxBatch written, TimeSpan took)
    {
        _pass.Observe(took.TotalSeconds);
        foreach (var line in written.Lines)
            _lines.Add(1, line.Level.ToLowerInvariant());
        foreach (var claim in result.Claimed)
            NoteClaim(claim);
        foreach (var ended in result.Tally.Ended)
            NoteEnd(ended);
        foreach (var job in result.Tally.Retried)
            _retries.Add(1, Label(job));
        foreach (var job in result.Tally.Restarted)
            _restarts.Add(1, Label(job));
        foreach (var occurrence in result.Tally.Occurrences)
            NoteOccurrence(occurrence);
    }

    /// <summary>Counts a commit.</summary>
    public void NoteCommit(CommitFacts commit)
    {
        _commit.Observe(commit.Took.TotalSeconds);
        _works.Add(commit.Works);
        _tries.Add(commit.Tries - 1);
    }

    /// <summary>Notes how many lines were left out in all.</summary>
    public void NoteDropped(long byInbox, long byTerminal)
    {
        lock (_jobs)
        {
            _linesLost.Add(Math.Max(0, byInbox - _inboxDropped), "database");
            _linesLost.Add(Math.Max(0, byTerminal - _terminalDropped), "terminal");
            (_inboxDropped, _terminalDropped) = (byInbox, byTerminal);
        }
    }

    /// <summary>How it stands.</summary>
    public IEnumerable<MetricFamily> Collect() =>
        [
            _started.Collect(),
            _ended.Collect(),
            _retries.Collect(),
            _restarts.Collect(),
            _cpu.Collect(),
            _output.Collect(),
            _occurrences.Collect(),
            _lines.Collect(),
            _linesLost.Collect(),
            _works.Collect(),
            _tries.Collect(),
            _duration.Collect(),
            _memory.Collect(),
            _wait.Collect(),
            _lag.Collect(),
            _commit.Collect(),
            _pass.Collect(),
        ];

    private void NoteClaim(ClaimedRun claim)
    {
        _started.Add(1, SourceOf(claim.Source));
        if (claim.Request.Attempt == 1)
            _wait.Observe(Math.Max(0, (claim.At - claim.Origin.Since).TotalSeconds), SourceOf(claim.Source));
    }

    private void NoteEnd(EndedRun ended)
    {
        var job = Label(ended.Run.JobName);
        _ended.Add(1, job, ended.End.Status.Name());
        if (ended.End.Status != RunStatus.Lost)
            _duration.Observe(Math.Max(0, (ended.Lasted ?? ended.End.Ended - ended.Started).TotalSeconds), job);
        if (ended.End.CpuSeconds is { } cpu)
            _cpu.Add(cpu, job);
        if (ended.End.OutputBytes is { } bytes)
            _output.Add(bytes, job);
        if (ended.End.PeakMemory is { } peak)
            _memory.Observe(peak);
        if (ended.End.LinesLeftOut > 0)
            _linesLost.Add(ended.End.LinesLeftOut, "budget");
    }

    private void NoteOccurrence(NewTrigger trigger)
    {
        var onTime = trigger.Source == TriggerSource.Schedule;
        _occurrences.Add(
            1,
            trigger.Status == RunStatus.Skipped ? "skipped"
                : onTime ? "on_time"
                : "catch_up"
        );
        if (onTime && trigger.Status == RunStatus.Queued && trigger.Occurrence is { } due)
            _lag.Observe(Math.Max(0, (context.Now - due).TotalSeconds));
    }

    // Somebody who inserts a row may write any word there.
    private static string SourceOf(string source) =>
        source
            is TriggerSource.Insert
                or TriggerSource.CommandLine
                or TriggerSource.Api
                or TriggerSource.Schedule
                or TriggerSource.CatchUp
                or TriggerSource.Always
                or TriggerSource.Idle
            ? source
            : LabelLimit.Other;
}
