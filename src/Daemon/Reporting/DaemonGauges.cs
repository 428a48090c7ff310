using Aios.Daemon.Execution;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Daemon.Ticks;
using Aios.Health;
using Aios.Jobs.Schedules;
using Aios.Platform;
using Aios.Store;
using Aios.Store.Devices;
using Aios.Telemetry;

namespace Aios.Daemon.Reporting;

/// <summary>
/// What is looked at when somebody asks: the queue, what runs, the disk, the process. What cannot be read just now is left out.
/// </summary>
internal sealed class DaemonGauges(
    DaemonContext context,
    IStore store,
    LiveJobList list,
    Supervisor supervisor,
    Liveness liveness,
    Inbox inbox,
    DaemonLog log,
    DaemonMetrics counted
)
{
    // A scrape must not wait for long: nothing is better than nothing in time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly string[] NotWell = ["flaky", "failing", "crash_loop", "late"];

    private readonly DateTimeOffset _started = context.Now;

    /// <summary>How it stands.</summary>
    public IEnumerable<MetricFamily> Collect()
    {
        counted.NoteDropped(inbox.Dropped, log.LeftOut);
        return [.. OfDaemon(), .. OfRuns(), .. OfDatabase(), .. OfDisk(), .. OfProcess(), .. OfRuntime()];
    }

    private IEnumerable<MetricFamily> OfDaemon() =>
        [
            new(
                "aios_info",
                "The daemon, always 1.",
                MetricKind.Gauge,
                ["version", "device"],
                [new([ProductVersion.Current, context.Device], 1)]
            ),
            MetricFamily.Gauge("aios_uptime_seconds", "How long the daemon has run.", Math.Max(0, (context.Now - _started).TotalSeconds)),
            MetricFamily.Gauge(
                "aios_loop_idle_seconds",
                "How long ago the loop went round; it does so each second.",
                liveness.SinceRound.TotalSeconds
            ),
            MetricFamily.Gauge("aios_stopping", "1 while the daemon is about to end.", liveness.IsStopping ? 1 : 0),
            MetricFamily.Gauge("aios_database_writable", "1 while the database takes writes.", store.Trouble is null ? 1 : 0),
            MetricFamily.Gauge(
                "aios_job_list_valid",
                "1 while the files of the job list are without mistakes.",
                list.Trouble is null ? 1 : 0
            ),
            MetricFamily.Gauge(
                "aios_jobs",
                "Jobs in the list, by type.",
                "type",
                ScheduleKinds.All.Select(kind => (kind.Name, (double)list.Current.Jobs.Count(job => job.Schedule.Kind == kind)))
            ),
        ];

    private IEnumerable<MetricFamily> OfRuns()
    {
        var living = supervisor.Living;
        var byJob = living
            .Select(run => counted.Label(run.Claim.Request.Job.Name))
            .GroupBy(label => label)
            .ToDictionary(group => group.Key, group => group.Count());
        // A job without a run has none, which is not the same as no figure.
        var figures = counted.Labels.Union(byJob.Keys).Select(label => (label, (double)byJob.GetValueOrDefault(label)));
        return
        [
            MetricFamily.Gauge("aios_runs_in_progress", "Running runs of this device, by job.", "job_name", figures),
            MetricFamily.Gauge(
                "aios_slots",
                "Maximum number of concurrent runs of this device, without always and idle jobs.",
                context.Settings.MaxParallel
            ),
            MetricFamily.Gauge("aios_slots_in_use", "How many of them do.", supervisor.SlotsInUse),
        ];
    }

    private IEnumerable<MetricFamily> OfDatabase()
    {
        try
        {
            using var reader = context.Settings.Database.Read(Patience);
            return reader is null ? [] : OfDatabase(reader);
        }
        catch (StoreException)
        {
            return [];
        }
    }

    private IEnumerable<MetricFamily> OfDatabase(IStoreReader reader)
    {
        var (line, devices, holds) = (reader.Line(), reader.Devices(), reader.Holds());
        var now = context.Now;
        return
        [
            MetricFamily.Gauge(
                "aios_triggers",
                "Open triggers of all devices: queued, waiting for a time (delayed), waiting for something else (held).",
                "state",
                [("queued", line.Queued), ("delayed", line.WaitingForTime), ("held", line.WaitingForElse)]
            ),
            MetricFamily.Gauge("aios_runs_in_progress_everywhere", "Running runs of all devices.", line.Running),
            MetricFamily.Gauge(
                "aios_queue_oldest_seconds",
                "Age of the oldest queued trigger; 0 if there is none.",
                line.OldestQueued is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0
            ),
            MetricFamily.Gauge(
                "aios_devices",
                "Daemons that share the database: online, silent (online, but not heard of for long), offline.",
                "state",
                States(devices, now)
            ),
            MetricFamily.Gauge("aios_jobs_held", "Jobs that are paused, stopped or ended.", holds.Count),
            .. OfJobs(new JobHealthView(reader, now)),
        ];
    }

    private IEnumerable<MetricFamily> OfJobs(JobHealthView view)
    {
        var jobs = list
            .Current.Jobs.Select(job => (job.Name, Health: view.Of(job)))
            .Where(job => job.Health.Condition != JobCondition.Off)
            .ToList();
        // Of more jobs than may have series of their own, those that are not well come first.
        var labels = jobs.OrderBy(job => job.Health.Condition == JobCondition.Well)
            .Select((job, number) => (Label: number < DaemonMetrics.MostJobs ? job.Name : LabelLimit.Other, job.Health));
        return
        [
            MetricFamily.Gauge(
                "aios_jobs_crash_looping",
                "Always jobs whose processes end again and again.",
                jobs.Count(job => job.Health.Condition == JobCondition.CrashLoop)
            ),
            MetricFamily.Gauge(
                "aios_jobs_not_well",
                "Jobs that are not well, by state: flaky, failing, crash_loop, late.",
                "state",
                NotWell.Select(state => (state, (double)jobs.Count(job => job.Health.Word == state)))
            ),
            MetricFamily.Gauge(
                "aios_job_well",
                "1 while a job is well; not given for jobs that are disabled, paused, stopped or ended.",
                "job_name",
                labels
                    .GroupBy(job => job.Label)
                    .Select(group => (group.Key, group.All(job => job.Health.Condition == JobCondition.Well) ? 1.0 : 0.0))
            ),
        ];
    }

    private static IEnumerable<(string, double)> States(IReadOnlyList<DeviceSummary> devices, DateTimeOffset now) =>
        devices
            .Select(device =>
                device.SeemsAlive(now) ? "online"
                : device.Status == "online" ? "silent"
                : "offline"
            )
            .Concat(["online", "silent", "offline"])
            .GroupBy(state => state)
            .Select(group => (group.Key, (double)group.Count() - 1));

    private IEnumerable<MetricFamily> OfDisk()
    {
        try
        {
            var disk = new DriveInfo(context.Settings.Database.Folder);
            var size = context.Settings.Database.Size;
            return
            [
                MetricFamily.Gauge("aios_database_size_bytes", "The database file.", size.Bytes),
                MetricFamily.Gauge("aios_database_log_size_bytes", "Its write-ahead log; 0 if it has none.", size.LogBytes),
                MetricFamily.Gauge("aios_disk_free_bytes", "Room on the disk that holds it.", disk.AvailableFreeSpace),
                MetricFamily.Gauge("aios_disk_size_bytes", "Size of that disk.", disk.TotalSize),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private IEnumerable<MetricFamily> OfProcess()
    {
        var process = ProcessFigures.Now();
        yield return MetricFamily.Counter("process_cpu_seconds_total", "Processor time of the daemon.", process.CpuSeconds);
        yield return MetricFamily.Gauge("process_resident_memory_bytes", "Memory that the daemon holds.", process.ResidentBytes);
        yield return MetricFamily.Gauge(
            "process_start_time_seconds",
            "When the daemon started, in Unix time.",
            _started.ToUnixTimeMilliseconds() / 1000.0
        );
        if (process.VirtualBytes is { } bytes)
            yield return MetricFamily.Gauge("process_virtual_memory_bytes", "Address space of the daemon.", bytes);
        if (process.OpenFiles is { } files)
            yield return MetricFamily.Gauge("process_open_fds", "Open files of the daemon.", files);
        if (process.MostFiles is { } most)
            yield return MetricFamily.Gauge("process_max_fds", "Maximum number of open file descriptors.", most);
        if (process.Threads is { } threads)
            yield return MetricFamily.Gauge("process_threads", "Threads of the daemon.", threads);
    }

    private static IEnumerable<MetricFamily> OfRuntime() =>
        [
            new(
                "dotnet_gc_collections_total",
                "Garbage collections.",
                MetricKind.Counter,
                ["generation"],
                [
                    .. Enumerable
                        .Range(0, GC.MaxGeneration + 1)
                        .Select(generation => new MetricSample([$"{generation}"], GC.CollectionCount(generation))),
                ]
            ),
            MetricFamily.Gauge(
                "dotnet_gc_heap_size_bytes",
                "Memory of the garbage-collected heap.",
                GC.GetTotalMemory(forceFullCollection: false)
            ),
            MetricFamily.Counter(
                "dotnet_gc_pause_seconds_total",
                "How long garbage collections held up all threads.",
                GC.GetTotalPauseDuration().TotalSeconds
            ),
            MetricFamily.Gauge("dotnet_threadpool_queue_length", "Work that waits for a thread.", ThreadPool.PendingWorkItemCount),
        ];
}
