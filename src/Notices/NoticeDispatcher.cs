using Aios.Jobs;
using Aios.Store;
using Aios.Store.Notices;

namespace Aios.Notices;

/// <summary>
/// Tells what is to be told, beside the daemon's loop, which never waits for it. What cannot be told now is tried again,
/// ever more rarely, for a day; what was told is told again only if the daemon dies before it has written that down.
/// </summary>
/// <param name="store">Where notices wait.</param>
/// <param name="sender">Tells them.</param>
/// <param name="device">Whose notices.</param>
/// <param name="databaseId">Tells its notices from those of other databases.</param>
/// <param name="jobs">The list in force.</param>
/// <param name="log">Takes what is wrong, for people.</param>
/// <param name="wake">Asks the loop for a tick.</param>
/// <param name="clock">The only source of time.</param>
internal sealed class NoticeDispatcher(
    IStore store,
    Sender sender,
    string device,
    string databaseId,
    Func<JobList> jobs,
    Action<string> log,
    Action wake,
    TimeProvider clock
) : IDisposable
{
    private const int AtOnce = 4;

    /// <summary>So long at most it waits before it tries again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(10);

    // How long a daemon that has nothing else to do stays up for it.
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _end = new();
    private Task<DateTimeOffset?> _work = Task.FromResult<DateTimeOffset?>(DateTimeOffset.MinValue);
    private DateTimeOffset? _expected;
    private long? _endAskedAt;

    /// <summary>What goes on.</summary>
    internal Task Working => _work;

    /// <summary>How long until there is something to tell.</summary>
    public TimeSpan DueIn
    {
        get
        {
            if (!_work.IsCompleted)
                return TimeSpan.MaxValue;
            var next = _work.Result is { } found && !(_expected < found) ? found : _expected;
            return next is { } at ? at - clock.GetUtcNow() : TimeSpan.MaxValue;
        }
    }

    /// <summary>Whether a daemon that has nothing else to do may end.</summary>
    public bool MayEnd
    {
        get
        {
            if (_work.IsCompleted && DueIn > TimeSpan.Zero)
                return true;
            _endAskedAt ??= clock.GetTimestamp();
            return clock.GetElapsedTime(_endAskedAt.Value) > PatienceAtTheEnd;
        }
    }

    /// <summary>The database has this one next. Called from the loop only, as <see cref="RunDue"/> is.</summary>
    public void Expect(DateTimeOffset? next) => _expected = next;

    /// <summary>Tells what is due; returns at once.</summary>
    public void RunDue()
    {
        if (DueIn > TimeSpan.Zero || _end.IsCancellationRequested)
            return;
        _expected = null;
        _work = Work();
        _ = _work.ContinueWith(
            static (_, wake) => ((Action)wake!)(),
            wake,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    /// <summary>What is being told just now is told again after the next start.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _ = Task.WhenAny(_work, Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System)).Wait(TimeSpan.FromSeconds(3));
        sender.Dispose();
    }

    private async Task<DateTimeOffset?> Work()
    {
        await Task.Yield();
        try
        {
            while (
                await store.Write(queue => queue.Notices.Due(device, clock.GetUtcNow(), AtOnce)).ConfigureAwait(false) is { Count: > 0 } due
            )
            {
                await Task.WhenAll(due.Select(Tell)).ConfigureAwait(false);
            }

            return await store.Write(queue => queue.Notices.NextDue(device)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreException or OperationCanceledException)
        {
            // The daemon ends, or its database takes nothing, which it says itself.
            return clock.GetUtcNow() + AfterTrouble;
        }
        catch (Exception error)
        {
            log($"Notices could not be sent; AIOS tries again: {error.Message.TrimEnd('.')} ({error.GetType().Name}).");
            return clock.GetUtcNow() + AfterTrouble;
        }
    }

    private async Task Tell(Notice notice)
    {
        var channel = jobs().Find(notice.JobName)?.Notify.FirstOrDefault(channel => ChannelKey.Of(channel) == notice.Channel);
        if (channel is null)
        {
            await Close(notice, "its channel is not in the job list any more").ConfigureAwait(false);
            return;
        }

        var result = await Try(channel, notice).ConfigureAwait(false);
        if (result.Problem is not { } problem)
            await Close(notice, "told").ConfigureAwait(false);
        else if (result.IsHopeless || clock.GetUtcNow() - notice.Created > GiveUpAfter)
            await GiveUp(notice, problem).ConfigureAwait(false);
        else
            await TryAgain(notice, problem, result.RetryAfter).ConfigureAwait(false);
    }

    // Whatever happens to one of them, the others are told.
    private async Task<Delivery> Try(NoticeChannel channel, Notice notice)
    {
        try
        {
            return await sender.Send(channel, notice.Message, $"{databaseId}-{notice.Id}", _end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new Delivery($"{error.Message.TrimEnd('.')} ({error.GetType().Name})");
        }
    }

    private async Task GiveUp(Notice notice, string problem)
    {
        log($"A notice of job \"{notice.JobName}\" ({notice.Event}) could not be sent by {notice.Channel} and is given up: {problem}.");
        await Close(notice, $"given up: {problem}").ConfigureAwait(false);
    }

    private async Task TryAgain(Notice notice, string problem, TimeSpan? retryAfter)
    {
        var wait = Wait(notice.Attempts + 1, retryAfter);
        if (notice.Attempts == 0)
            log(
                $"A notice of job \"{notice.JobName}\" ({notice.Event}) could not be sent by {notice.Channel}: {problem}. AIOS tries "
                    + $"again, for a day."
            );
        await store
            .Write(queue =>
            {
                queue.Notices.Delay(notice.Id, clock.GetUtcNow() + wait, problem);
                return true;
            })
            .ConfigureAwait(false);
    }

    private Task<bool> Close(Notice notice, string outcome) =>
        store.Write(queue =>
        {
            queue.Notices.Close(notice.Id, outcome, clock.GetUtcNow());
            return true;
        });

    // 2 s, 8 s, 32 s, ... up to an hour.
    internal static TimeSpan Wait(int attempts, TimeSpan? asked)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 2 * Math.Pow(4, Math.Min(attempts - 1, 10))));
        return asked is { } longer && longer > wait ? (longer < LongestWait ? longer : LongestWait) : wait;
    }
}
