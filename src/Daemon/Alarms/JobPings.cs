using Aios.Daemon.Claiming;
using Aios.Jobs;
using Aios.Notices;

namespace Aios.Daemon.Alarms;

/// <summary>What is sent to heartbeat services about a tick, once it is durable.</summary>
internal sealed class JobPings
{
    /// <summary>In their order.</summary>
    public List<Ping> Found { get; } = [];

    /// <summary>A run starts. Further attempts are part of the same.</summary>
    public void NoteStart(ClaimedRun claim)
    {
        var job = claim.Request.Job;
        if (job.Ping is { } urls && (claim.Request.Attempt == 1 || job.IsKeptRunning))
            Add(job, urls, urls.Start, "/start", null);
    }

    /// <summary>A run has failed, and no attempt is left; or the process of an <c>always</c> job has.</summary>
    public void NoteFailure(Job job, string reason)
    {
        if (job.Ping is { } urls)
            Add(job, urls, urls.Fail, "/fail", reason);
    }

    /// <summary>A run has succeeded and the job is well, or an <c>always</c> job is well again.</summary>
    public void NoteWell(Job job)
    {
        if (job.Ping is { } urls)
            Add(job, urls, urls.Success, "", null);
    }

    private void Add(Job job, PingUrls urls, string? own, string suffix, string? body)
    {
        if (own is not null)
            Found.Add(new Ping(job.Name, own, "", body));
        else if (urls.Url is { } url)
            Found.Add(new Ping(job.Name, url, suffix, body));
    }
}
