using System.Globalization;
using System.Threading.Channels;
using Aios.Queue;

namespace Aios.Daemon;

/// <summary>
/// What the daemon itself has to say: on the terminal at once, and in the log. The terminal has a thread of its own, so
/// that one which does not read never holds the daemon up; then lines are left out there, and their number is told.
/// </summary>
internal sealed class DaemonLog : IDisposable
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(10_000);
    private readonly Thread _writer;
    private readonly TimeProvider _clock;
    private long _leftOut;

    public DaemonLog(TextWriter terminal, TimeProvider clock)
    {
        _clock = clock;
        _writer = new Thread(() => Write(terminal)) { IsBackground = true, Name = "terminal" };
        _writer.Start();
    }

    /// <summary>Where lines for the database go, once there is one.</summary>
    public Inbox? Inbox { get; set; }

    /// <summary>Something that somebody may want to know.</summary>
    public void Info(string message) => Say(LogLevel.Info, message);

    /// <summary>Something that somebody should look at.</summary>
    public void Warning(string message) => Say(LogLevel.Warning, message);

    /// <summary>Something that does not work.</summary>
    public void Error(string message) => Say(LogLevel.Error, message);

    /// <summary>Shows a line on the terminal only.</summary>
    public void Show(DateTimeOffset at, string from, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, TimeZoneInfo.Local):HH:mm:ss} {from} | {text}");
        if (!_lines.Writer.TryWrite(line)) Interlocked.Increment(ref _leftOut);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writer.Join(TimeSpan.FromSeconds(1));
    }

    private void Say(string level, string message)
    {
        var now = _clock.GetUtcNow();
        Inbox?.Add(new LogLine(now, level, message));
        Show(now, "aios", level == LogLevel.Info ? message : $"{level}: {message}");
    }

    private void Write(TextWriter terminal)
    {
        var reader = _lines.Reader;
        try
        {
            while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (reader.TryRead(out var line)) terminal.WriteLine(line);
                if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var count) terminal.WriteLine($"... {count} lines not shown: the terminal was too slow ...");
                terminal.Flush();
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Nobody reads any more (a closed pipe, or a caller that has gone on); the database still holds every line.
        }
    }
}
