using System.Text;
using Aios.Control;
using Aios.Platform;
using Aios.Queue;

namespace Aios.Cli;

/// <summary>Prints lines of the log, for people or as JSON.</summary>
internal sealed class LogPrinter(TextWriter writer, bool json, bool colours)
{
    private const string Dim = "\e[2m";
    private const string Plain = "\e[0m";

    /// <summary>Only on a terminal that shows them, and unless somebody asked for none (no-color.org).</summary>
    public static bool WantsColours =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Prints what there is to read, as long as somebody reads it.</summary>
    public void PrintAll(LogReader lines)
    {
        while (lines.Next() is { Count: > 0 } page && !StandardOutput.IsGone())
        {
            var text = new StringBuilder();
            foreach (var line in page) text.Append(json ? InJson(line) : InWords(line)).Append(writer.NewLine);
            writer.Write(text);
            writer.Flush();
        }
    }

    /// <summary>Local time, who said it, the level where it is not the usual one, and what was said.</summary>
    public string InWords(LogRow row)
    {
        var line = row.Line;
        var time = Words.Local(line.At);
        var from = line.JobName is null ? "aios" : line.RunId is { } run ? $"{line.JobName}#{run}" : line.JobName;
        var level = line.Level == LogLevel.Info ? "" : $"{line.Level}: ";
        var message = TerminalText.Of(line.Message, colours);
        return colours ? $"{Dim}{time}{Plain} {from} | {ColourOf(line.Level)}{level}{Plain}{message}{Plain}" : $"{time} {from} | {level}{message}";
    }

    private static string InJson(LogRow row) => JsonOutput.Line(writer => writer.WriteLogLine(row));

    private static string ColourOf(string level) => level switch
    {
        LogLevel.Critical => "\e[1;31m",
        LogLevel.Error => "\e[31m",
        LogLevel.Warning => "\e[33m",
        _ => Dim,
    };
}
