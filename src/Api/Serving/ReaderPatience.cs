namespace Aios.Api.Serving;

/// <summary>Gives up what lasts too long because the other end takes nothing.</summary>
internal sealed class ReaderPatience(TimeSpan longest, CancellationToken ending) : IDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(ending);

    /// <summary>Does it.</summary>
    /// <exception cref="OperationCanceledException">It has lasted too long.</exception>
    public async Task Hold(Func<CancellationToken, ValueTask> work)
    {
        var task = work(_limit.Token);
        if (task.IsCompletedSuccessfully)
            return;
        _limit.CancelAfter(longest);
        await task.ConfigureAwait(false);
        _limit.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public void Dispose() => _limit.Dispose();
}
