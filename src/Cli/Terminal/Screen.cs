using System.Globalization;
using Aios.Platform.Linux;

namespace Aios.Cli;

/// <summary>The terminal that standard output or standard error is.</summary>
/// <param name="Columns">How many letters fit on a line; null where it is no terminal, and nothing need fit.</param>
/// <param name="Rows">How many lines fit; null as above.</param>
/// <param name="Colours">Whether colours are shown and wanted.</param>
internal sealed record Screen(int? Columns, int? Rows, bool Colours)
{
    private const int NarrowestSensible = 20;

    /// <summary>A file, a pipe, or nothing.</summary>
    public static readonly Screen None = new(null, null, false);

    /// <summary>
    /// As it is now. <c>COLUMNS</c> is heard where the terminal does not know its width. Colours only on a terminal that
    /// shows them, and unless somebody asked for none (no-color.org).
    /// </summary>
    public static Screen OfStandardOutput()
    {
        if (Console.IsOutputRedirected)
            return None;
        var size = SizeOfTerminal();
        return new Screen(Math.Max(NarrowestSensible, size.Columns), size.Rows, WantsColours);
    }

    /// <summary>The same of standard error.</summary>
    public static Screen OfStandardError()
    {
        if (Console.IsErrorRedirected)
            return None;
        var columns = OperatingSystem.IsLinux()
            ? TerminalSize.Ask(TerminalSize.StandardError)?.Columns ?? Number("COLUMNS") ?? 80
            : SizeOfTerminal().Columns;
        return new Screen(Math.Max(NarrowestSensible, columns), null, WantsColours);
    }

    private static bool WantsColours =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static (int Columns, int Rows) SizeOfTerminal()
    {
        if (OperatingSystem.IsLinux())
            return TerminalSize.Ask() ?? (Number("COLUMNS") ?? 80, Number("LINES") ?? 24);
        try
        {
            return (Console.WindowWidth, Console.WindowHeight);
        }
        catch (Exception error) when (error is IOException or PlatformNotSupportedException)
        {
            return (80, 24);
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : null;
}
