using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Aios.Platform;
using Aios.Store;

namespace Aios.Cli;

/// <summary>
/// A full screen that shows how all stands and is drawn anew when something changes. A picture is written in one piece
/// over the one before, so that nothing flickers; the terminal is left as it was found.
/// </summary>
internal sealed class LiveView(IStoreReader reader, IDatabase database, CliContext context)
{
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";

    // With what the runtime sends before it reads keys: cursor keys and the keypad as they were.
    private const string Leave = "\e[?7h\e[?25h\e[?1l\e>\e[?1049l";
    private const string BeginPicture = "\e[?2026h\e[H";
    private const string EndLine = "\e[K";
    private const string EndPicture = "\e[J\e[?2026l";
    private const int MostLines = 1000;

    private readonly string? _file = database.Identity;
    private volatile bool _isOver;
    private int _offset;
    private string? _trouble;

    /// <summary>Shows it until somebody has seen enough; the answer is the exit status.</summary>
    public int Show()
    {
        using var changes = database.Follow(reader);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changes.Stir());
        new Thread(() => Listen(changes)) { IsBackground = true }.Start();
        Write(Enter);
        try
        {
            while (!_isOver && database.Identity == _file)
            {
                Draw();
                changes.Wait();
            }
        }
        finally
        {
            Write(Leave);
        }

        return _isOver
            ? ExitCode.Good
            : context.Fail($"{database.Name} was deleted or replaced. Call `aios top` again for what is there now.");

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            _isOver = true;
            changes.Stir();
        }
    }

    private void Listen(IStoreChanges changes)
    {
        try
        {
            while (!_isOver)
            {
                Act(Console.ReadKey(intercept: true).Key);
                changes.Stir();
            }
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // The terminal is gone, and with it whoever watched.
            _isOver = true;
            changes.Stir();
        }
    }

    private void Act(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.Q or ConsoleKey.Escape:
                _isOver = true;
                break;
            case ConsoleKey.DownArrow or ConsoleKey.J:
                Interlocked.Increment(ref _offset);
                break;
            case ConsoleKey.UpArrow or ConsoleKey.K:
                Interlocked.Decrement(ref _offset);
                break;
            case ConsoleKey.PageDown or ConsoleKey.Spacebar:
                Interlocked.Add(ref _offset, 10);
                break;
            case ConsoleKey.PageUp:
                Interlocked.Add(ref _offset, -10);
                break;
            case ConsoleKey.Home:
                Interlocked.Exchange(ref _offset, 0);
                break;
        }
    }

    private void Draw()
    {
        var screen = Screen.OfStandardOutput() with { Colours = context.Screen.Colours };
        var (columns, rows) = (screen.Columns ?? 80, screen.Rows ?? 24);
        var lines = Lines(screen);
        var room = Math.Max(1, rows - 2);
        var last = Math.Max(0, lines.Count - room);
        // Whoever holds an arrow key beyond an end shall not have to go all the way back.
        var offset = Math.Clamp(Volatile.Read(ref _offset), 0, last);
        Interlocked.Exchange(ref _offset, offset);
        var picture = new StringBuilder(BeginPicture);
        Append(Head(columns));
        foreach (var line in lines.Skip(offset).Take(room))
            Append(line);
        for (var empty = Math.Min(room, lines.Count - offset); empty < room; empty++)
            Append("");
        picture.Append(Foot(offset, last, columns, screen.Colours)).Append(EndLine).Append(EndPicture);
        Write(picture.ToString());

        void Append(string line) => picture.Append(line).Append(EndLine).Append("\r\n");
    }

    private List<string> Lines(Screen screen)
    {
        try
        {
            var lines = StatusText
                .Lines(reader, context.Now, screen, waiting: 20, latest: 200)
                .Take(MostLines)
                .Select(line => TerminalText.Of(line, screen.Colours))
                .ToList();
            _trouble = null;
            return lines;
        }
        catch (StoreException error)
        {
            _trouble = error.Message;
            return [];
        }
    }

    private string Head(int columns) =>
        TextWidth.Cut(
            TerminalText.OneLine(
                _trouble is null ? $"aios top - {Words.Local(context.Now)} - {database.Name}" : $"aios top - {_trouble} Trying again."
            ),
            columns
        );

    private static string Foot(int offset, int last, int columns, bool colours)
    {
        var place = last == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  line {offset + 1} of {last + 1}");
        var text = TextWidth.Cut($"q: end  arrows, page up, page down: scroll{place}", columns);
        return colours ? Paint.With(Paint.Dim, text) : text;
    }

    private void Write(string text)
    {
        context.OutTerminal.Write(text);
        context.OutTerminal.Flush();
    }
}
