using Aios.Daemon.Ticks;
using Aios.Jobs;
using Aios.Notices;
using Aios.Store;
using Aios.Store.Jobs;
using Aios.Store.Logs;
using Aios.Store.Notices;
using Aios.Store.Runs;

namespace Aios.Daemon.Alarms;

/// <summary>
/// Notices what is wrong with jobs and when they are well again, within a tick: what is to be told is written down in the
/// same transaction. An alarm stands from the first sign until the job is well.
/// </summary>
internal sealed class JobAlarms(
    DaemonContext context,
    JobList list,
    IReadOnlyDictionary<string, JobHold> holds,
    IStoreTransaction queue,
    RowGuard guard,
    DateTimeOffset now
)
{
    private static readonly string Recovery = NoticeEvents.Recovery.Name();

    /// <summary>A run has failed, and no attempt is left; or the process of an <c>always</c> job has.</summary>
    public void NoteFailure(Job job, string reason, long runId) => Raise(job, NoticeEvents.Failure, reason, runId);

    /// <summary>A process of an <c>always</c> job has ended, again and again.</summary>
    public void NoteCrashLoop(Job job, string what, long runId) => Raise(job, NoticeEvents.CrashLoop, what, runId);

    /// <summary>A run has succeeded. That makes the job in time, and maybe well.</summary>
    public void NoteSuccess(Job job, bool isWell)
    {
        if (job.Deadline is not null)
            queue.Alarms.SetInTime(job.Name, now);
        if (job.Deadline is null && job.Notify.IsEmpty)
            return;
        var alarms = queue.Alarms.All(job.Name);
        Clear(job, isWell ? alarms : [.. alarms.Where(IsLate)]);
    }

    /// <summary>The job is well again. Whether it is in time is another question.</summary>
    public void NoteWell(Job job) => Clear(job, [.. queue.Alarms.All(job.Name).Where(alarm => !IsLate(alarm))]);

    /// <summary>Looks for jobs that are late, and for alarms that a limit on repeats has held back.</summary>
    public void Tend()
    {
        foreach (var job in list.WithDeadline)
        {
            if (!holds.ContainsKey(job.Name))
                guard.Do("deadlines", job.Name, () => LookAtDeadline(job, job.Deadline!.Value));
        }

        foreach (var alarms in queue.Alarms.All().GroupBy(alarm => alarm.JobName))
        {
            if (list.Find(alarms.Key) is { } job)
                guard.Do("alarms", job.Name, () => LookAt(job, [.. alarms]));
        }
    }

    /// <summary>Forgets what concerns jobs that are in no list any more, and deadlines that are not set any more.</summary>
    public void ForgetUnlisted() => queue.Alarms.ForgetUnlisted(name => list.Find(name) is { Deadline: null });

    private void LookAt(Job job, List<Alarm> alarms)
    {
        if (!job.Enabled || holds.ContainsKey(job.Name))
            return;
        if (queue.Health.Find(job.Name) is not { IsOpen: true } && alarms.Exists(alarm => !IsLate(alarm)))
        {
            NoteWell(job);
            alarms.RemoveAll(alarm => !IsLate(alarm));
        }

        foreach (var alarm in alarms)
        {
            if (NoticeEventNames.Parse(alarm.Event) is { } kind)
                Tell(job, kind, alarm, isNew: false);
        }
    }

    private static bool IsLate(Alarm alarm) => alarm.Event == NoticeEvents.Late.Name();

    // A job that is seen for the first time is in time; and after the clock went back, no deadline is longer than it was.
    private void LookAtDeadline(Job job, TimeSpan deadline)
    {
        if (queue.Alarms.InTimeSince(job.Name) is not { } since || since > now)
        {
            queue.Alarms.SetInTime(job.Name, now);
            return;
        }

        if (now - since <= deadline || queue.Alarms.All(job.Name).Any(IsLate))
            return;
        var reason =
            $"it has not succeeded since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and its deadline is "
            + $"{Jobs.Formats.Duration.Text(deadline)}";
        queue.Logs.Append(
            new LogLine(now, LogLevel.Warning, $"Job \"{job.Name}\" is late: {reason}.") { JobName = job.Name },
            context.Device
        );
        Raise(job, NoticeEvents.Late, reason, runId: null, always: true);
    }

    // What nobody is to be told of costs a run nothing.
    private void Raise(Job job, NoticeEvents kind, string reason, long? runId, bool always = false)
    {
        if (job.Notify.IsEmpty && !always)
            return;
        Tell(job, kind, queue.Alarms.Raise(job.Name, kind.Name(), reason, runId, now), isNew: true);
    }

    private void Tell(Job job, NoticeEvents kind, Alarm alarm, bool isNew)
    {
        foreach (var channel in job.Notify)
        {
            if (!channel.On.HasFlag(kind))
                continue;
            var key = ChannelKey.Of(channel);
            if (LastTold(job, alarm.Event, key) is { } last && (IsRepeat(job, channel, key, last) || (!isNew && last.At >= alarm.Since)))
                continue;
            queue.Notices.Add(context.Device, job.Name, alarm.Event, key, Message.Of(alarm.Event, alarm, context.Device, now), now);
        }
    }

    // Who has heard since then that the job is well would go on believing it.
    private bool IsRepeat(Job job, NoticeChannel channel, string key, SentNotice last) =>
        now - last.At < channel.Repeat && !(LastTold(job, Recovery, key)?.Id > last.Id);

    // One word to each channel, whatever number of alarms there was. What must still be told stands until it is.
    private void Clear(Job job, IReadOnlyList<Alarm> alarms)
    {
        var isHeldBack = false;
        foreach (var channel in job.Notify)
        {
            var key = ChannelKey.Of(channel);
            if (
                !channel.On.HasFlag(NoticeEvents.Recovery)
                || alarms.FirstOrDefault(alarm => Heard(job, channel, key, alarm)) is not { } heard
            )
                continue;
            if (!IsLate(heard) && now - LastTold(job, Recovery, key)?.At < channel.Repeat)
                isHeldBack = true;
            else
                queue.Notices.Add(context.Device, job.Name, Recovery, key, Message.Of(Recovery, heard, context.Device, now), now);
        }

        foreach (var alarm in alarms.Where(alarm => IsLate(alarm) || !isHeldBack))
            queue.Alarms.Clear(alarm);
    }

    // Who was not told that something is wrong need not hear that it is well, unless that is all they want to hear.
    private bool Heard(Job job, NoticeChannel channel, string key, Alarm alarm)
    {
        var recovery = LastTold(job, Recovery, key);
        if (NoticeEventNames.Parse(alarm.Event) is not { } kind)
            return false;
        if (!channel.On.HasFlag(kind))
            return recovery is null || recovery.At <= alarm.Last;
        return LastTold(job, alarm.Event, key) is { } told && told.At >= alarm.Since && !(recovery?.Id > told.Id);
    }

    private SentNotice? LastTold(Job job, string word, string key) =>
        queue.Notices.LastTold(job.Name, word, key) is { } told && told.At <= now ? told : null;
}
