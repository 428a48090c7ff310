using Aios.Running.Containers.Engine;
using Docker.DotNet.Models;

namespace Aios.Running.Containers;

/// <summary>
/// A run's container, from its making to its end. It outlives the engine's and the daemon's restarts: whoever knows its name
/// can take it up again.
/// </summary>
internal sealed class ContainerChild(
    EngineClient engine,
    ContainerPlan plan,
    ContainerExchange exchange,
    IChildObserver observer,
    EnginePatience patience,
    TimeProvider time
) : IChild, IDisposable
{
    private const int FirstSignalExit = 128;
    private const int LastSignal = 64;
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterLoss = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KillAgain = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Lock _output = new();
    private readonly LogProgress _progress = new(plan.Known);
    private readonly CancellationTokenSource _notStarted = new();
    private readonly CancellationTokenSource _givenUp = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _initSaid;
    private bool _runs;
    private bool _killing;

    /// <summary>None: its processes are the engine's.</summary>
    public int Pid => 0;

    public long? StartTicks => null;

    public ProcessUsage Used => ProcessUsage.None;

    /// <summary>Done when all was told.</summary>
    public Task Ended => _ended.Task;

    public void Terminate()
    {
        if (!WasNotStarted())
            _ = Signal("TERM");
    }

    public void Kill()
    {
        if (WasNotStarted())
            return;
        lock (_gate)
        {
            if (_killing)
                return;
            _killing = true;
        }

        _ = KillUntilEnded();
    }

    /// <summary>Starts it, or takes it up, and tells of it until its end.</summary>
    public async Task Live()
    {
        var exit = default(ExitStatus);
        try
        {
            var id = plan.IsThere ? plan.Name : await Begin().ConfigureAwait(false);
            _ = Tick();
            var found = await Follow(id).ConfigureAwait(false);
            exit = ExitOf(found.State ?? new());
            // What was copied in must be copied out: whoever made it, a volume shows that it was.
            if (found.Mounts?.Any(mount => mount is { Type: "volume", Destination: ContainerLayout.Root }) == true)
                await Keep(patience.ToEnd, () => Fetch(id)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (_givenUp.IsCancellationRequested)
                Say(
                    $"the container could not be ended, since the engine at {engine.Address} does not answer; it is removed when the "
                        + $"engine is back"
                );
        }
        catch (Exception error)
        {
            // Whatever it was, a run must end.
            exchange.Failure = LineText.Flatten(error.Message);
        }

        observer.MainExited(this, exit, leftBehind: false);
        observer.Ended(Used);
        _ended.TrySetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _notStarted.Dispose();
        _givenUp.Dispose();
    }

    private bool WasNotStarted()
    {
        lock (_gate)
        {
            if (_runs || plan.IsThere)
                return false;
            // What follows from it must not run on this thread, which holds the run's lock.
            _ = _notStarted.CancelAsync();
            return true;
        }
    }

    private async Task<string> Begin()
    {
        var cancel = _notStarted.Token;
        var isMade = false;
        try
        {
            var id = await EnginePatience.Keep(patience.ToStart, time, () => Make(cancel), cancel).ConfigureAwait(false);
            isMade = true;
            await EnginePatience.Keep(patience.ToStart, time, () => Start(id, cancel), cancel).ConfigureAwait(false);
            lock (_gate)
            {
                cancel.ThrowIfCancellationRequested();
                _runs = true;
            }

            return id;
        }
        catch (Exception) when (isMade)
        {
            // It may have been started in spite of all.
            await RemoveNow().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<string> Make(CancellationToken cancel)
    {
        var request = await plan.Request(cancel).ConfigureAwait(false);
        if (plan.PullsAlways)
            await engine.Pull(request.Image, Say, cancel).ConfigureAwait(false);
        string id;
        try
        {
            id = await Create(request, cancel).ConfigureAwait(false);
        }
        catch (EngineException error) when (error.IsNotFound && !plan.PullsAlways)
        {
            if (plan.PullsNever)
                throw new EngineException(
                    $"the image {request.Image} is not on this machine, and the job says `pull: never`; get it with: docker pull "
                        + $"{request.Image}",
                    error.Status,
                    error
                );
            await engine.Pull(request.Image, Say, cancel).ConfigureAwait(false);
            id = await Create(request, cancel).ConfigureAwait(false);
        }
        catch (EngineException error) when (error.IsConflict)
        {
            // Of an answer that was lost when the engine went, or of a database that was set back.
            await engine.Remove(plan.Name, cancel).ConfigureAwait(false);
            id = await Create(request, cancel).ConfigureAwait(false);
        }

        if (plan.MustCopy)
            await engine.PutArchive(id, ContainerLayout.Root, plan.Pack(), cancel).ConfigureAwait(false);
        return id;
    }

    // Once asked for it is waited for, or it would be made when nobody knows of it any more.
    private async Task<string> Create(CreateContainerParameters request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return await engine.Create(request, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> Start(string id, CancellationToken cancel)
    {
        await engine.Start(id, cancel).ConfigureAwait(false);
        return true;
    }

    // The engine may be restarted while it runs, any number of times.
    private async Task<ContainerInspectResponse> Follow(string id)
    {
        while (true)
        {
            var who = await Keep(patience.ToReturn, () => engine.Ping(_givenUp.Token)).ConfigureAwait(false);
            try
            {
                await FollowOutput(id).ConfigureAwait(false);
                var found = await engine.Inspect(id, _givenUp.Token).ConfigureAwait(false)
                    ?? throw new EngineException("its container was removed by another program");
                if (found.State is { Running: true } or { Status: "paused" or "restarting" })
                    continue;
                if (who.LosesSightOfLastLines)
                    await FollowOutput(id).ConfigureAwait(false);
                return found;
            }
            catch (EngineException error) when (error.IsUnreachable)
            {
                await Task.Delay(AfterLoss, time, _givenUp.Token).ConfigureAwait(false);
            }
        }
    }

    // Returns when it has ended and all its output was told; fails as unreachable when the engine goes before.
    private async Task FollowOutput(string id)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_givenUp.Token);
        _progress.Rewind();
        var output = engine.FollowLogs(id, _progress.Since, Take, leave.Token);
        var end = engine.Wait(id, leave.Token);
        try
        {
            await (await Task.WhenAny(output, end).ConfigureAwait(false)).ConfigureAwait(false);
            // Either follows the other at once, unless the engine has lost its way.
            await (
                await Task.WhenAny(Task.WhenAll(output, end), Task.Delay(LastOutput, time, leave.Token)).ConfigureAwait(false)
            ).ConfigureAwait(false);
        }
        finally
        {
            await leave.CancelAsync().ConfigureAwait(false);
            await Settled(output, end).ConfigureAwait(false);
        }
    }

    private static async Task Settled(params Task[] tasks)
    {
        try
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EngineException or OperationCanceledException)
        {
            // Told where it matters.
        }
    }

    private void Take(OutputStream stream, DateTimeOffset? at, ReadOnlySpan<byte> text)
    {
        lock (_output)
        {
            var instant = at ?? time.GetUtcNow();
            if (at is not null && !_progress.IsNew(instant))
                return;
            if (InitTrouble.Of(text) is { } trouble)
                _initSaid = trouble;
            observer.Output(stream, text, instant);
        }
    }

    private void Say(string line)
    {
        lock (_output)
            observer.Output(OutputStream.Error, System.Text.Encoding.UTF8.GetBytes(line + "\n"), time.GetUtcNow());
    }

    private async Task Tick()
    {
        using var timer = new PeriodicTimer(TickPeriod, time);
        while (!_ended.Task.IsCompleted && await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            lock (_output)
            {
                if (!_ended.Task.IsCompleted && observer.WantsTicks)
                    observer.Tick();
            }
        }
    }

    private async Task<bool> Fetch(string id)
    {
        await FileTransfer.Fetch(engine, id, plan.Files, _givenUp.Token).ConfigureAwait(false);
        return true;
    }

    private Task<T> Keep<T>(TimeSpan span, Func<Task<T>> call) => EnginePatience.Keep(span, time, call, _givenUp.Token);

    // With an init process, or a shell, 128 and the signal is how a container says that a signal ended its program.
    private ExitStatus ExitOf(State state)
    {
        var code = (int)state.ExitCode;
        if (plan.IsThere)
            exchange.Ended = EngineTime.Parse(state.FinishedAt);
        if (state.OOMKilled && code != 0)
            exchange.Failure = plan.OutOfMemory;
        else if (code != 0 && _initSaid is not null)
            exchange.Failure = $"its program could not be started in the container: {_initSaid}";
        else if (state.Error is { Length: > 0 } error)
            exchange.Failure = LineText.Flatten(error);
        return code is > FirstSignalExit and <= FirstSignalExit + LastSignal ? new(null, code - FirstSignalExit) : new(code, null);
    }

    private async Task Signal(string signal)
    {
        try
        {
            await engine.Kill(plan.Name, signal, _givenUp.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EngineException or OperationCanceledException)
        {
            // It hears of it by KILL, when its grace is over.
        }
    }

    private async Task KillUntilEnded()
    {
        var since = time.GetTimestamp();
        while (!_ended.Task.IsCompleted)
        {
            try
            {
                await engine.Kill(plan.Name, "KILL", _givenUp.Token).ConfigureAwait(false);
                since = time.GetTimestamp();
            }
            catch (Exception error) when (error is EngineException or OperationCanceledException)
            {
                if (time.GetElapsedTime(since) >= patience.ToEnd)
                {
                    await _givenUp.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }

            await Task.WhenAny(_ended.Task, Task.Delay(KillAgain, time)).ConfigureAwait(false);
        }
    }

    private async Task RemoveNow()
    {
        using var limit = new CancellationTokenSource(patience.ToEnd, time);
        try
        {
            await engine.Remove(plan.Name, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is EngineException or OperationCanceledException)
        {
            // It is removed when the run's end is durable, or by the next start.
        }
    }
}
