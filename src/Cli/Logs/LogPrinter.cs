using System.Text;
using Aios.Control;
using Aios.Platform;
using Aios.Store.Logs;

namespace Aios.Cli;

/// <summary>Prints lines of the log, for people or as JSON.</summary>
internal sealed class LogPrinter(TextWriter writer, bool json, bool colours)
{
    /// <summary>Prints what there is to read, as long as somebody reads it.</summary>
    public void PrintAll(LogReader lines)
    {
        while (lines.Next() is { Count: > 0 } page && !StandardOutput.IsGone())
        {
            var text = new StringBuilder();
            foreach (var line in page)
                text.Append(json ? InJson(line) : InWords(line)).Append(writer.NewLine);
            writer.Write(text);
            writer.Flush();
        }
    }

    /// <summary>Local time, who said it, the level where it is not the usual one, and what was said.</summary>
    public string InWords(LogRow row)
    {
        var line = row.Line;
        var time = Words.Local(line.At);
        var from = TerminalText.OneLine(
            line.JobName is null ? "aios"
            : line.RunId is { } run ? $"{line.JobName}#{run}"
            : line.JobName
        );
        var level = line.Level == LogLevel.Info ? "" : $"{line.Level}: ";
        var message = TerminalText.Block(line.Message, colours);
        return colours
            ? $"{Paint.Dim}{time}{Paint.Plain} {from} | {ColourOf(line.Level)}{level}{Paint.Plain}{message}{Paint.Plain}"
            : $"{time} {from} | {level}{message}";
    }

    private static string InJson(LogRow row) => JsonOutput.Line(writer => writer.WriteLogLine(row));

    private static string ColourOf(string level) =>
        level switch
        {
            LogLevel.Critical => Paint.Bold + Paint.Red,
            LogLevel.Error => Paint.Red,
            LogLevel.Warning => Paint.Yellow,
            _ => Paint.Dim,
        };
}
