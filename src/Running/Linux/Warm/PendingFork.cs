namespace Aios.Running.Linux.Warm;

/// <summary>A request to a resident that was not answered yet.</summary>
internal sealed class PendingFork(LinuxChild child)
{
    // A thread of the pool that waits for a task is made up for by another one, which waits for an event are not.
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinuxChild Child => child;

    /// <summary>Whether its process is there. Waits for the answer.</summary>
    public bool IsStarted => _answer.Task.GetAwaiter().GetResult();

    public void Answer(bool isStarted) => _answer.TrySetResult(isStarted);

    /// <summary>False: no answer within that time.</summary>
    public bool Wait(TimeSpan time) => _answer.Task.Wait(time);
}
