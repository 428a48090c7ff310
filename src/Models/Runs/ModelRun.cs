using System.Globalization;
using Aios.Running;
using Aios.Running.Secrets;
using Aios.Store;
using Aios.Store.Runs;

namespace Aios.Models.Runs;

/// <summary>One question to a language model, from its start to its answer: enforces its timeout, and ends it on request.</summary>
internal sealed class ModelRun(RunRequest request, RunLog log, TimeProvider clock) : IRun, IDisposable
{
    // A timer takes at most 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<RunOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = clock.GetTimestamp();
    private ITimer? _timeout;
    private (StopReason Reason, string Why)? _stopping;

    /// <inheritdoc/>
    public long RunId => request.RunId;

    /// <inheritdoc/>
    public int? Pid => null;

    /// <inheritdoc/>
    public long? ProcessStart => null;

    /// <inheritdoc/>
    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    /// <inheritdoc/>
    public Task<RunOutcome> Completion => _completion.Task;

    /// <summary>Does the work on other threads.</summary>
    public void Begin(Func<CancellationToken, Task<ModelRunResult>> work)
    {
        if (request.Job.Timeout is { } timeout)
        {
            _timeout = clock.CreateTimer(
                _ => Stop(StopReason.TimedOut, $"took longer than its timeout of {Seconds(timeout)}"),
                null,
                timeout < LongestTimer ? timeout : LongestTimer,
                Timeout.InfiniteTimeSpan
            );
        }

        _ = Task.Run(() => Run(work));
    }

    /// <inheritdoc/>
    public void Stop(StopReason reason, string why, bool atOnce = false)
    {
        lock (_gate)
        {
            if (_completion.Task.IsCompleted)
                return;
            _stopping ??= (reason, why);
            _stop.Cancel();
        }
    }

    /// <summary>After its end.</summary>
    public void Dispose()
    {
        lock (_gate)
            _stop.Dispose();
    }

    private async Task Run(Func<CancellationToken, Task<ModelRunResult>> work)
    {
        ModelRunResult result;
        try
        {
            result = await work(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            result = new ModelRunResult(null, null);
        }
        catch (Exception error) when (error is ModelRunException or StoreException)
        {
            result = new ModelRunResult(null, error.Message) { IsFinal = error is ModelRunException { IsFinal: true } };
        }
        catch (Exception error)
        {
            // No run takes the daemon with it.
            result = new ModelRunResult(null, $"an error in AIOS itself: {error.Message}");
        }

        Complete(result);
    }

    private void Complete(ModelRunResult result)
    {
        log.End();
        RunOutcome outcome;
        lock (_gate)
        {
            _timeout?.Dispose();
            var reason = _stopping?.Why ?? (result.Failure is { } failure ? LineText.Flatten(failure) : null);
            var (json, why) = Masked(result.ResultJson, reason);
            outcome = new RunOutcome(StatusOf(result), null, null, json, why, clock.GetUtcNow())
            {
                Lasted = clock.GetElapsedTime(_began),
                LinesLeftOut = log.LeftOut,
                IsFinal = result.IsFinal,
            };
        }

        _completion.TrySetResult(outcome);
    }

    private (string? Json, string? Reason) Masked(string? json, string? reason)
    {
        if (log.Mask is not { } mask)
            return (json, reason);
        try
        {
            return (json is null ? null : ResultMask.Apply(mask, json), reason is null ? null : mask.Mask(reason));
        }
        catch (InvalidOperationException)
        {
            return (null, "the answer is not valid Unicode, so AIOS cannot look for secrets in it and has not kept it");
        }
    }

    private RunStatus StatusOf(ModelRunResult result) =>
        _stopping switch
        {
            { Reason: StopReason.TimedOut } => RunStatus.TimedOut,
            not null => RunStatus.Canceled,
            null => result.Failure is null ? RunStatus.Succeeded : RunStatus.Failed,
        };

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
}
