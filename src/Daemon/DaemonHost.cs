using Aios.Daemon.Alarms;
using Aios.Daemon.Execution;
using Aios.Daemon.History;
using Aios.Daemon.Loop;
using Aios.Daemon.Monitoring;
using Aios.Daemon.Presence;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Models.Calls;
using Aios.Models.Configuration;
using Aios.Models.Runs;
using Aios.Notices;
using Aios.Platform;
using Aios.Platform.Linux;
using Aios.Running;
using Aios.Running.Containers;
using Aios.Store;
using Aios.Store.Audit;
using Aios.Store.Devices;
using Aios.Store.Logs;
using Aios.Telemetry;

namespace Aios.Daemon;

/// <summary>Puts a daemon together, runs it until it ends, and takes it apart.</summary>
internal static class DaemonHost
{
    private const int MostLaunchesAtOnce = 16;

    private static readonly TimeSpan StrayGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a daemon.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="clock">The only source of time.</param>
    /// <param name="terminal">For what it has to say.</param>
    /// <param name="errors">For why it does not start.</param>
    /// <param name="startApi">Opens the way in from outside, which is closed when the daemon ends; null for none.</param>
    /// <returns>The exit status: 0 after a stop or when drained, 1 if the database failed it, 2 for a bad job list, or if it
    /// refused to start.</returns>
    internal static async Task<int> Run(
        DaemonSettings settings,
        TimeProvider clock,
        TextWriter terminal,
        TextWriter errors,
        Func<DaemonHandle, Task<IAsyncDisposable>>? startApi = null
    )
    {
        Memory.ShareNativeHeap();
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        foreach (var warning in list.Warnings)
            await errors.WriteLineAsync($"aios: warning: {warning}").ConfigureAwait(false);
        foreach (var error in list.Errors)
            await errors.WriteLineAsync($"aios: {error.ToText()}").ConfigureAwait(false);
        if (list.Errors.Length > 0)
        {
            await errors
                .WriteLineAsync(
                    $"aios: not started: the job list has {list.Errors.Length} {(list.Errors.Length == 1 ? "mistake" : "mistakes")}."
                )
                .ConfigureAwait(false);
            return 2;
        }

        try
        {
            return await RunWith(settings, list, clock, terminal, startApi).ConfigureAwait(false);
        }
        catch (StartRefusedException error)
        {
            await errors.WriteLineAsync($"aios: not started: {error.Message}").ConfigureAwait(false);
            return 2;
        }
        catch (UntrustedFileException error)
        {
            await errors.WriteLineAsync($"aios: not started: {error.Message}").ConfigureAwait(false);
            return 2;
        }
        catch (StoreException error)
        {
            await errors.WriteLineAsync($"aios: {error.Words}").ConfigureAwait(false);
            return 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            await errors
                .WriteLineAsync(
                    $"aios: {error.Message} Check the permissions of {settings.Home} and of the folder of {settings.Database.Name}."
                )
                .ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> RunWith(
        DaemonSettings settings,
        JobList list,
        TimeProvider clock,
        TextWriter terminal,
        Func<DaemonHandle, Task<IAsyncDisposable>>? startApi
    )
    {
        LetLaunchesWait(settings.MaxParallel);
        var strays = new StrayProcesses(clock);
        using var log = new DaemonLog(terminal, clock, settings.LogFormat) { Level = settings.LogLevel };
        // Asked before it is opened: what takes the file's place from now on, such as a restored copy, is noticed.
        var identity = settings.Database.Identity;
        var connection = settings.Database.Connect(settings.Journal, clock);
        if (connection.PutSchemaBack() is { Count: > 0 } putBack)
            log.Warning($"{settings.Database.Name} lacked what others had dropped, and has it again: {string.Join(", ", putBack)}.");
        var state = StateFolder.Open(settings.Database);
        var (databaseId, known) = connection.Write(queue => (queue.Config.DatabaseId(), queue.Devices.All()));
        if (known.Any(device => device.Online))
            connection.RefuseTorn();
        var otlp = OtlpSettings.Read(Environment.GetEnvironmentVariable);
        using var lease = DeviceLease.Take(settings.DeviceId, state, known, clock.GetUtcNow());
        var context = new DaemonContext(settings, lease.Device, Guid.NewGuid().ToString("n"), databaseId, clock)
        {
            IsTraced = otlp?.Traces is not null,
        };
        var self = Describe(context, state);
        var audit = connection.Write(queue => Enter(queue, context, self, known));
        var (auditHead, auditTrouble) = (audit.Head(), audit.Trouble);

        using var store = connection.StartWriter(clock);
        using var wake = new WakeSignal(clock);
        using var liveness = new Liveness(clock, ServiceManager.FromEnvironment());
        using var files = new DaemonFiles(settings, identity, wake.Now);
        var slots = new Slots(context.Settings.MaxParallel, clock);
        var inbox = new Inbox(wake.Now, () => slots.HasNext, clock);
        (log.Inbox, log.Device) = (inbox, context.Device);
        LiveJobList? jobs = null;
        CallReports? calls = null;
        var running = RunningSettingsOf(context, state);
        var models = new LiveModelSettings(settings.Home, log.Warning);
        await using var gateway = new ModelGateway(
            models,
            store.Write,
            context.BootId,
            clock,
            log.Warning,
            (call, facts) => calls?.Record(call, facts),
            (queue, approval) => new ApprovalNotices(context, jobs?.Current ?? list, queue, context.Now).Tell(approval)
        );
        var modelRuns = new ModelRuns(gateway, store, () => jobs?.Current ?? list, running, clock);
        using var runner = new Runner(running, clock, log.Warning, [modelRuns]);
        store.TroubleChanged += trouble => TellTrouble(trouble, log);

        var counted = new DaemonMetrics(context);
        store.Committed += counted.NoteCommit;
        var limits = new LimitWarnings(runner, log);
        limits.Tell(list);
        jobs = new LiveJobList(settings, list, clock, log, limits);
        var supervisor = new Supervisor(context, slots, runner, inbox, log);
        var auditReporter = new AuditReporter(context, store, log);
        var sender = new Sender(settings.Home, settings.Mail, new NoticePrograms(runner).Run, clock);
        using var dispatcher = new NoticeDispatcher(
            store,
            sender,
            context.Device,
            databaseId,
            () => jobs.Current,
            log.Warning,
            wake.Now,
            clock
        );
        using var pinger = new Pinger(sender, log.Warning, clock);
        var metrics = new Metrics();
        metrics.Add(new DaemonGauges(context, store, jobs, supervisor, liveness, inbox, log, counted).Collect);
        metrics.Add(counted.Collect);
        var callMetrics = new CallMetrics(context, models);
        metrics.Add(callMetrics.Collect);
        metrics.AddConventional(callMetrics.CollectConventional);
        await using var exporter = ExporterOf(otlp, context, metrics, log);
        calls = new CallReports(callMetrics, exporter is null ? null : new CallTracing(context, models, exporter));
        var parts = new DaemonParts(
            context,
            self,
            store,
            jobs,
            models,
            gateway,
            supervisor,
            new Recovery(context, store, state, new ContainerRecovery(context, store, supervisor, runner.Containers, log), inbox, log),
            new Retention(context, store, log, wake.Now),
            auditReporter,
            dispatcher,
            pinger,
            inbox,
            files,
            new IdleWatch(settings, clock, new CpuMeter()),
            new EngineWatch(runner.Containers, wake.Now),
            wake,
            liveness,
            counted,
            exporter is null ? null : new Tracing(exporter),
            log
        );
        var loop = new LoopState();
        var shutdown = new Shutdown(parts);
        var failures = new LoopFailures(parts, shutdown);
        var former = known.FirstOrDefault(device => device.Device == lease.Device);
        var orchestrator = new Orchestrator(parts, loop, shutdown, Duties.Create(parts, former, loop, shutdown, failures));
        await using var server = startApi is null
            ? null
            : await Open(
                    startApi,
                    context,
                    store,
                    inbox,
                    new DaemonHandle(context, store, jobs, models, gateway, orchestrator, supervisor, log, state, liveness, metrics)
                )
                .ConfigureAwait(false);
        using var signals = new DaemonSignals(orchestrator, log, clock);
        log.Info(StartupMessage(context, list));
        if (LocalZone.Defect() is { } defect)
            log.Warning($"{defect}. Set TZ to a name such as Europe/Berlin.");
        if (settings.DeviceId is null && lease.Device != Environment.MachineName)
            log.Info(
                $"Another daemon runs on this database as device \"{Environment.MachineName}\": this one is \"{lease.Device}\", and they "
                    + $"share the work. If you did not mean that, end one of them."
            );
        if (settings.Database.MountRisk is { } risk)
            log.Warning(risk);
        auditReporter.Begin(auditHead, auditTrouble);
        log.Info(DaemonSignals.HowToEnd());
        var status = await Task
            .Factory.StartNew(() => orchestrator.Run(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ConfigureAwait(false);
        await strays.EndAll(StrayGrace).ConfigureAwait(false);
        if (status != 0)
            return status;
        // Whoever sees this device offline may give back what it holds.
        await gateway.Finish().ConfigureAwait(false);
        auditReporter.Report(await MarkOffline(context, store, inbox).ConfigureAwait(false), null);
        // After an end without a goodbye the next start needs them: they tell which runs have begun.
        state.RemoveRunFiles(context.DatabaseId, context.BootId);
        return status;
    }

    private static IAudit Enter(IStoreTransaction queue, DaemonContext context, DeviceRecord self, IReadOnlyList<DeviceRecord> known)
    {
        queue.Devices.Register(self);
        queue.Audit.Append(DaemonAudit.Started(context, known.FirstOrDefault(device => device.Device == self.Device)));
        return queue.Audit;
    }

    private static async Task<IAsyncDisposable> Open(
        Func<DaemonHandle, Task<IAsyncDisposable>> startApi,
        DaemonContext context,
        IStore store,
        Inbox inbox,
        DaemonHandle handle
    )
    {
        try
        {
            return await startApi(handle).ConfigureAwait(false);
        }
        catch (StartRefusedException)
        {
            await MarkOffline(context, store, inbox).ConfigureAwait(false);
            throw;
        }
    }

    private static OtlpExporter? ExporterOf(OtlpSettings? settings, DaemonContext context, Metrics metrics, DaemonLog log)
    {
        if (settings?.Problem is { } problem)
            log.Warning(problem);
        if (settings?.Traces is null && settings?.Metrics is null)
            return null;
        return new OtlpExporter(
            settings,
            [("service.name", "aios"), ("service.version", ProductVersion.Current), ("service.instance.id", context.Device)],
            metrics,
            context.Clock,
            log.Warning
        );
    }

    // Each launch of a function holds a thread until its process answers, and the pool is slow to add threads by itself.
    private static void LetLaunchesWait(int maxParallel)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + Math.Min(maxParallel, MostLaunchesAtOnce), ports);
    }

    private static DeviceRecord Describe(DaemonContext context, StateFolder state) =>
        new(
            context.Device,
            context.BootId,
            [.. context.Settings.Tags],
            Environment.ProcessId,
            Machine.Boot,
            state.LockDomain,
            ProductVersion.Current,
            context.Settings.MaxParallel,
            context.Now
        );

    private static RunningSettings RunningSettingsOf(DaemonContext context, StateFolder state) =>
        new(
            context.Settings.Home,
            context.Settings.ProgramsFolder,
            context.Settings.Database.Name,
            state.RunFiles(context.DatabaseId, context.BootId),
            context.Device,
            context.Marker,
            context.Settings.Python
        )
        {
            Owner = new ContainerOwner(context.DatabaseId, context.Device, context.BootId),
            Models = runId => context.Console.Url is { } url ? (url, context.RunKeys.Make(runId)) : null,
        };

    private static string StartupMessage(DaemonContext context, JobList list)
    {
        var tags = context.Settings.Tags.Count == 0 ? "no tags" : $"tags {string.Join(", ", context.Settings.Tags)}";
        return $"AIOS {ProductVersion.Current} runs {list.CountInWords} from {context.Settings.JobsFolder} as device "
            + $"\"{context.Device}\" ({tags}).";
    }

    private static void TellTrouble(StoreTrouble? trouble, DaemonLog log)
    {
        if (trouble is null)
            log.Info("The database takes writes again.");
        else
            log.Error(trouble.Words);
    }

    // The last lines belong in the database, too.
    private static async Task<AuditHead> MarkOffline(DaemonContext context, IStore store, Inbox inbox)
    {
        var now = context.Now;
        inbox.Add(new LogLine(now, LogLevel.Info, "AIOS has ended."));
        var last = inbox.Dequeue(now);
        return await store
            .Write(queue =>
            {
                foreach (var line in last.Lines)
                    queue.Logs.Append(line, context.Device);
                queue.Devices.Leave(context.Device, context.BootId, now);
                queue.Audit.Append(DaemonAudit.Ended(context));
                return queue.Audit.Head();
            })
            .ConfigureAwait(false);
    }
}
