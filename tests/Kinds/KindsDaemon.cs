using Aios.Daemon.Execution;
using Aios.Daemon.Reporting;
using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Running;
using Aios.Tests.Running;

namespace Aios.Tests.Kinds;

/// <summary>A daemon with one job whose kinds may be those of the tests: a trigger is claimed, run and recorded.</summary>
internal sealed class KindsDaemon : IDisposable
{
    private readonly DaemonRig _rig;
    private readonly DaemonLog _log;
    private readonly Inbox _inbox;
    private readonly Runner _runner;
    private readonly Supervisor _supervisor;

    public KindsDaemon(Job job)
    {
        _rig = new DaemonRig(job);
        _log = new DaemonLog(TextWriter.Null, _rig.Clock);
        var slots = new Slots(_rig.Context.Settings.MaxParallel, _rig.Clock);
        _inbox = new Inbox(() => { }, () => slots.HasNext, _rig.Clock);
        var folder = Path.GetDirectoryName(_rig.DatabasePath)!;
        var settings = new RunningSettings(
            folder,
            folder,
            _rig.DatabasePath,
            Path.Combine(folder, "run"),
            "here",
            $"kinds:{Guid.NewGuid()}"
        );
        _runner = new Runner(settings, TimeProvider.System, ProcessHosts.ForThisSystem(), warm: false, _ => { }, TestKinds.Places);
        _supervisor = new Supervisor(_rig.Context, slots, _runner, _inbox, _log);
    }

    /// <summary>Runs it once; its status and reason as the database has them, and what it printed.</summary>
    public async Task<(string? Status, string? Reason, string[] Lines)> Run()
    {
        var trigger = _rig.Sql.Trigger(_rig.List.Jobs[0].Name);
        _supervisor.Start(Assert.Single(_rig.Tick()));
        await Eventually.Is(() => _supervisor.Living.Count == 0, "the end of the run");
        var batch = _inbox.Dequeue(_rig.Clock.GetUtcNow());
        _rig.Tick(lines: batch.Lines, ended: [.. batch.Ended]);
        return (
            _rig.Sql.Scalar<string>("SELECT status FROM runs WHERE trigger_id = ?1", trigger),
            _rig.Sql.Scalar<string>("SELECT reason FROM runs WHERE trigger_id = ?1", trigger),
            [.. batch.Lines.Select(line => line.Message)]
        );
    }

    public void Dispose()
    {
        _runner.Dispose();
        _log.Dispose();
        _rig.Dispose();
    }
}
