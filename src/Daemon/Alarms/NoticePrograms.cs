using System.Text.Json;
using Aios.Jobs;
using Aios.Jobs.Works;
using Aios.Platform;
using Aios.Running;

namespace Aios.Daemon.Alarms;

/// <summary>
/// Starts programs that tell somebody something, as all programs are started: the message is their keyword arguments,
/// also in <c>AIOS_KWARGS</c>.
/// </summary>
internal sealed class NoticePrograms(IRunner runner)
{
    // Far from any number that the database gives.
    private const long FirstId = 9_000_000_000_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private long _id = FirstId;

    /// <summary>Starts one and waits for its end; the answer is what was wrong, or null.</summary>
    public async Task<string?> Run(NoticeChannel channel, string message, CancellationToken cancel)
    {
        using var parsed = JsonDocument.Parse(message, DeepJson.Options);
        var job = new Job
        {
            Name = Text(parsed.RootElement, "job_name"),
            Work = new CommandWork(channel.Command),
            Timeout = Longest,
            Grace = TimeSpan.FromSeconds(2),
            Env = Job
                .NoEnv.Add("AIOS_NOTICE_EVENT", Text(parsed.RootElement, "event"))
                .Add("AIOS_NOTICE_TEXT", Text(parsed.RootElement, "text")),
        };
        var output = new LastWords();
        var run = await Task.Run(
                () => runner.Start(new RunRequest(Interlocked.Increment(ref _id), 0, job, 1, "[]", message), output),
                cancel
            )
            .ConfigureAwait(false);
        await using var stop = cancel.Register(() => run.Stop(StopReason.Shutdown, "the daemon was stopped", atOnce: true));
        var outcome = await run.Completion.ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        if (outcome.Status == Aios.Store.Runs.RunStatus.Succeeded)
            return null;
        return $"{channel.Command[0]}: {outcome.Reason ?? outcome.Status.ToString()}{(output.Said is { } said ? $" ({said})" : "")}";
    }

    private static string Text(JsonElement message, string name) =>
        (message.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "").Replace('\0', ' ');

    private sealed class LastWords : IRunOutput
    {
        private volatile string? _said;

        public string? Said => _said;

        // What it said of an error is in the reason.
        public void Line(long runId, OutputLine line) => _said = line.Stream == OutputStream.Out ? line.Text : _said;
    }
}
