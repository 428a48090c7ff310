using Aios.Daemon.Presence;
using Aios.Jobs;
using Aios.Notices;
using Aios.Running;
using Aios.Store;

namespace Aios.Daemon.Alarms;

/// <summary>Tries the channels of jobs from a terminal, with or without a daemon: nothing is written down.</summary>
internal sealed class TestNotice : IDisposable
{
    private readonly string _folder;
    private readonly Runner _runner;
    private readonly Sender _sender;
    private readonly TimeProvider _clock;

    public TestNotice(string home, IDatabase database, MailSettings? mail, TimeProvider clock)
    {
        var boot = Guid.NewGuid().ToString("n");
        var state = StateFolder.Open(database);
        _folder = state.TrialFiles(boot);
        _clock = clock;
        _runner = new Runner(
            new RunningSettings(
                home,
                Path.Combine(home, "Programs"),
                database.Name,
                _folder,
                Environment.MachineName,
                $"notify-test/{boot}"
            ),
            clock
        );
        _sender = new Sender(home, mail, new NoticePrograms(_runner).Run, clock);
    }

    /// <summary>Tells a channel of a job that this is a test; the answer is what was wrong, or null.</summary>
    public async Task<string?> Try(Job job, NoticeChannel channel)
    {
        var message = Message.OfTest(job.Name, Environment.MachineName, _clock.GetUtcNow());
        return (await _sender.Send(channel, message, $"test-{Guid.NewGuid():n}", CancellationToken.None).ConfigureAwait(false)).Problem;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sender.Dispose();
        _runner.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
