using Aios.Access;
using Aios.Api.Live;
using Aios.Api.Routes;
using Aios.Daemon;
using Aios.Jobs;
using Aios.Store;

namespace Aios.Api;

/// <summary>What the routes work with: the daemon, and its database.</summary>
internal sealed class ApiServices(DaemonHandle daemon, ReaderPool readers, Broadcast broadcast)
{
    // What has not been committed by then may still be, later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The daemon.</summary>
    public DaemonHandle Daemon => daemon;

    /// <summary>What happens and is said, for those who watch.</summary>
    public Broadcast Broadcast => broadcast;

    /// <summary>The wall clock, UTC.</summary>
    public DateTimeOffset Now => daemon.Clock.GetUtcNow();

    /// <summary>Reads something short.</summary>
    public Task<T> Read<T>(Func<IStoreReader, T> read) => readers.ReadAsync(read);

    /// <summary>Changes something; it is durable when the task is done.</summary>
    /// <exception cref="ProblemException">The database takes no writes just now.</exception>
    public async Task<T> Write<T>(Func<IStoreTransaction, T> work)
    {
        if (daemon.StoreTrouble is { } trouble)
            throw new ProblemException(Problem.Unavailable(trouble.Words));
        try
        {
            return await daemon.Write(work).WaitAsync(Patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ProblemException(
                Problem.Unavailable(
                    $"The database has not taken the change within {Patience.TotalSeconds:0} s; it may still take it. With an "
                        + $"Idempotency-Key a creation can be tried again without doing it twice."
                )
            );
        }
    }

    /// <summary>The job's definition in the list in force; null if only another device's list holds it.</summary>
    /// <exception cref="ProblemException">No device has such a job.</exception>
    public async Task<Job?> FindJob(string name)
    {
        if (daemon.Jobs.Find(name) is { } job)
            return job;
        if (await Read(reader => reader.KnowsJob(name)).ConfigureAwait(false))
            return null;
        throw new ProblemException(UnknownJob(name));
    }

    /// <summary>The problem of a name that no list holds.</summary>
    public Problem UnknownJob(string name) =>
        Problem.NotFound($"There is no job named \"{name}\", nor in the list of another device.{daemon.Jobs.Hint(name)}");

    /// <summary>How many jobs there are that are theirs to see.</summary>
    public int JobsOf(Principal principal) => Daemon.Jobs.Jobs.Count(job => principal.Jobs.Match(job.Name));

    /// <summary>What is wrong with the list; what of it concerns other jobs is not for a key that is limited.</summary>
    public string? ListTroubleFor(Principal principal) =>
        Daemon.ListTrouble is null || !principal.IsLimited
            ? Daemon.ListTrouble
            : "The job list has mistakes, so the last valid one is in force.";
}
