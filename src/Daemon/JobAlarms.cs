using Aios.Jobs;
using Aios.Notices;
using Aios.Queue;
using Aios.Queue.Notices;

namespace Aios.Daemon;

/// <summary>
/// Notices what is wrong with jobs and when they are well again, within a pass: what is to be told is written down in the
/// same transaction. An alarm stands from the first sign until the job is well.
/// </summary>
internal sealed class JobAlarms(DaemonContext context, JobList list, IReadOnlyDictionary<string, Hold> holds, QueueTransaction queue, DateTimeOffset now)
{
    /// <summary>The trigger of a run was closed, or, of an <c>always</c> job, its process has ended.</summary>
    public void NoteEnd(Job job, EndedRun ended)
    {
        if (ended.End.Status is RunStatus.Failed or RunStatus.TimedOut or RunStatus.Lost) Raise(job, NoticeEvents.Failure, ended.End.Reason ?? ended.End.Status.Name(), ended.RunId);
        else if (ended.End.Status == RunStatus.Succeeded && job.Type != JobType.Always) NoteSuccess(job);
    }

    /// <summary>A process of an <c>always</c> job has not lasted, again.</summary>
    public void NoteShortLife(Job job, EndedRun ended)
    {
        if (ended.Attempt >= CrashLoop.Threshold) Raise(job, NoticeEvents.CrashLoop, $"{ended.Attempt} times in a row it lasted less than {job.MinUptime.TotalSeconds:0.###} s{(ended.End.Reason is { } reason ? $"; {reason}" : "")}", ended.RunId);
    }

    /// <summary>Looks for jobs that are late, for processes that last again, and for alarms that a limit on repeats has held back.</summary>
    public void Tend()
    {
        foreach (var job in list.WithDeadline)
        {
            if (!holds.ContainsKey(job.Name)) LookAtDeadline(job, job.Deadline!.Value);
        }

        foreach (var alarms in queue.Alarms.All().GroupBy(alarm => alarm.JobName))
        {
            if (list.Find(alarms.Key) is { } job) LookAt(job, [.. alarms]);
        }
    }

    /// <summary>Forgets what concerns jobs that are in no list any more, and deadlines that are not set any more.</summary>
    public void ForgetUnlisted()
    {
        queue.Alarms.ForgetUnlisted();
        queue.Alarms.ForgetDeadlines(name => list.Find(name) is { Deadline: null });
    }

    private void NoteSuccess(Job job)
    {
        if (job.Deadline is not null) queue.Alarms.SetInTime(job.Name, now);
        if (job.Deadline is null && job.Notify.IsEmpty) return;
        Clear(job, queue.Alarms.All(job.Name));
    }

    private void LookAt(Job job, List<Alarm> alarms)
    {
        if (job.Type == JobType.Always && queue.Runs.OldestGoingOn(job.Name) is { } started && now - started >= job.MinUptime && alarms.TrueForAll(alarm => started >= alarm.Last))
        {
            Clear(job, alarms);
            return;
        }

        foreach (var alarm in alarms)
        {
            if (NoticeEventNames.Parse(alarm.Event) is { } kind) Tell(job, kind, alarm, isNew: false);
        }
    }

    // A job that is seen for the first time is in time; and after the clock went back, no deadline is longer than it was.
    private void LookAtDeadline(Job job, TimeSpan deadline)
    {
        if (queue.Alarms.InTimeSince(job.Name) is not { } since || since > now)
        {
            queue.Alarms.SetInTime(job.Name, now);
            return;
        }

        if (now - since <= deadline || queue.Alarms.All(job.Name).Any(alarm => alarm.Event == NoticeEvents.Late.Name())) return;
        var reason = $"it has not succeeded since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and its deadline is {Jobs.Formats.Duration.Text(deadline)}";
        queue.Logs.Append(new LogLine(now, LogLevel.Warning, $"Job \"{job.Name}\" is late: {reason}.") { JobName = job.Name }, context.Device);
        Raise(job, NoticeEvents.Late, reason, runId: null, always: true);
    }

    // What nobody is to be told of costs a run nothing.
    private void Raise(Job job, NoticeEvents kind, string reason, long? runId, bool always = false)
    {
        if (job.Notify.IsEmpty && !always) return;
        Tell(job, kind, queue.Alarms.Raise(job.Name, kind.Name(), reason, runId, now), isNew: true);
    }

    private void Tell(Job job, NoticeEvents kind, Alarm alarm, bool isNew)
    {
        foreach (var channel in job.Notify)
        {
            if (!channel.On.HasFlag(kind)) continue;
            var key = ChannelKey.Of(channel);
            var last = LastTold(job, alarm.Event, key);
            if (last is { } at && (now - at < channel.Repeat || (!isNew && at >= alarm.Since))) continue;
            queue.Notices.Add(context.Device, job.Name, alarm.Event, key, Message.Of(alarm.Event, alarm, context.Device, now), now);
        }
    }

    // One word to each channel, whatever number of alarms there was.
    private void Clear(Job job, IReadOnlyList<Alarm> alarms)
    {
        foreach (var alarm in alarms) queue.Alarms.Clear(alarm);
        var word = NoticeEvents.Recovery.Name();
        foreach (var channel in job.Notify)
        {
            var key = ChannelKey.Of(channel);
            if (!channel.On.HasFlag(NoticeEvents.Recovery) || alarms.FirstOrDefault(alarm => Heard(job, channel, key, alarm)) is not { } heard) continue;
            queue.Notices.Add(context.Device, job.Name, word, key, Message.Of(word, heard, context.Device, now), now);
        }
    }

    // Who was not told that something is wrong need not hear that it is well, unless that is all they want to hear.
    private bool Heard(Job job, NoticeChannel channel, string key, Alarm alarm) =>
        NoticeEventNames.Parse(alarm.Event) is { } kind && (!channel.On.HasFlag(kind) || LastTold(job, alarm.Event, key) >= alarm.Since);

    private DateTimeOffset? LastTold(Job job, string word, string key) => queue.Notices.LastTold(job.Name, word, key) is { } at && at <= now ? at : null;
}
