using System.Threading.Channels;
using Aios.Daemon.Ticks;
using Aios.Store.Logs;

namespace Aios.Daemon.Reporting;

/// <summary>
/// What the daemon itself has to say: on the terminal at once, and in the log. The terminal has a thread of its own, so
/// that one which does not read never holds the daemon up; then lines are left out there, and their number is told.
/// </summary>
internal sealed class DaemonLog : IDisposable
{
    private readonly Channel<ConsoleLine> _lines = Channel.CreateBounded<ConsoleLine>(10_000);
    private readonly Thread _writer;
    private readonly TimeProvider _clock;
    private readonly LogFormat _format;
    private volatile string _level = LogLevel.Info;
    private long _leftOut;
    private long _allLeftOut;

    public DaemonLog(TextWriter terminal, TimeProvider clock, LogFormat format = LogFormat.Text)
    {
        _clock = clock;
        _format = format;
        _writer = new Thread(() => Write(terminal)) { IsBackground = true, Name = "terminal" };
        _writer.Start();
    }

    /// <summary>Where lines for the database go, once there is one.</summary>
    public Inbox? Inbox { get; set; }

    /// <summary>The device that speaks, once that is known.</summary>
    public string Device { get; set; } = "";

    /// <summary>What matters less is not said. It is about what the daemon says, not its programs.</summary>
    public string Level
    {
        get => _level;
        set => _level = value;
    }

    /// <summary>Takes another level, and says so.</summary>
    public void Switch(string level)
    {
        if (Level == level)
            return;
        Level = level;
        Info($"The log level is {level.ToLowerInvariant()} now.");
    }

    /// <summary>Whether details are told.</summary>
    public bool TellsDetails => _level == LogLevel.Debug;

    /// <summary>Lines that were not shown since the start, for the terminal was too slow.</summary>
    public long LeftOut => Volatile.Read(ref _allLeftOut);

    /// <summary>A detail, for who looks for something. Ask <see cref="TellsDetails"/> before making its words.</summary>
    public void Debug(string message) => Say(LogLevel.Debug, message);

    /// <summary>Something that somebody may want to know.</summary>
    public void Info(string message) => Say(LogLevel.Info, message);

    /// <summary>Something that somebody should look at.</summary>
    public void Warning(string message) => Say(LogLevel.Warning, message);

    /// <summary>Something that does not work.</summary>
    public void Error(string message) => Say(LogLevel.Error, message);

    /// <summary>Shows a line on the terminal only.</summary>
    public void Show(ConsoleLine line)
    {
        if (!Matters(line) || _lines.Writer.TryWrite(line))
            return;
        Interlocked.Increment(ref _leftOut);
        Interlocked.Increment(ref _allLeftOut);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writer.Join(TimeSpan.FromSeconds(1));
    }

    private void Say(string level, string message)
    {
        var line = new ConsoleLine(_clock.GetUtcNow(), level, message);
        if (!Matters(line))
            return;
        Inbox?.Add(new LogLine(line.At, level, message));
        Show(line);
    }

    private bool Matters(ConsoleLine line) => line.IsOutput || LogLevel.Rank(line.Level) >= LogLevel.Rank(_level);

    private void Write(TextWriter terminal)
    {
        var reader = _lines.Reader;
        try
        {
            while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (reader.TryRead(out var line))
                    terminal.WriteLine(line.In(_format, Device));
                if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var count)
                    terminal.WriteLine(TooSlow(count));
                terminal.Flush();
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Nobody reads any more (a closed pipe, or a caller that has gone on); the database still holds every line.
        }
    }

    private string TooSlow(long count)
    {
        var words = $"... {count} lines not shown: the terminal was too slow ...";
        return _format == LogFormat.Text ? words : new ConsoleLine(_clock.GetUtcNow(), LogLevel.Warning, words).In(_format, Device);
    }
}
