using Aios.Jobs;
using Aios.Notices;
using Aios.Queue;

namespace Aios.Daemon;

/// <summary>What heartbeat services are told of a pass, once it is durable.</summary>
internal sealed class JobPings
{
    /// <summary>In their order.</summary>
    public List<Ping> Found { get; } = [];

    /// <summary>A run starts. Further attempts are part of the same.</summary>
    public void NoteStart(ClaimedRun claim)
    {
        var job = claim.Request.Job;
        if (job.Ping is { } urls && (claim.Request.Attempt == 1 || job.Type == JobType.Always)) Add(job, urls, urls.Start, "/start", null);
    }

    /// <summary>A run is over, and no attempt is left.</summary>
    public void NoteEnd(Job job, EndedRun ended)
    {
        if (job.Ping is not { } urls) return;
        if (ended.End.Status == RunStatus.Succeeded) Add(job, urls, urls.Success, "", null);
        else if (ended.End.Status is RunStatus.Failed or RunStatus.TimedOut or RunStatus.Lost) Add(job, urls, urls.Fail, "/fail", ended.End.Reason ?? ended.End.Status.Name());
    }

    private void Add(Job job, PingUrls urls, string? own, string suffix, string? body)
    {
        if (own is not null) Found.Add(new Ping(job.Name, own, "", body));
        else if (urls.Url is { } url) Found.Add(new Ping(job.Name, url, suffix, body));
    }
}
