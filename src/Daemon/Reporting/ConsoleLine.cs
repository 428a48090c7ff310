using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aios.Platform;
using Aios.Store.Logs;

namespace Aios.Daemon.Reporting;

/// <summary>A line for standard output: the daemon's own, or of a run.</summary>
/// <param name="At">When it was said, UTC.</param>
/// <param name="Level">One of the words in <see cref="LogLevel"/>.</param>
/// <param name="Message">One line.</param>
internal sealed record ConsoleLine(DateTimeOffset At, string Level, string Message)
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Whether a program said it, and not the daemon.</summary>
    public bool IsOutput => Stream is not null;

    /// <summary>The job that it is about.</summary>
    public string? JobName { get; init; }

    /// <summary>The run that it is about.</summary>
    public long? RunId { get; init; }

    /// <summary>The trace of that run, 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary><c>stdout</c> or <c>stderr</c>, if a program said it.</summary>
    public string? Stream { get; init; }

    /// <summary>How it looks.</summary>
    public string In(LogFormat format, string device) =>
        format switch
        {
            LogFormat.Json => InJson(device),
            LogFormat.Journal => $"<{Priority}>{TerminalText.OneLine($"{Who} | {Message}")}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{TimeZoneInfo.ConvertTime(At, TimeZoneInfo.Local):HH:mm:ss} {Who} | "
                    + $"{(RunId is null && Level != LogLevel.Info ? $"{Level}: " : "")}{TerminalText.Block(Message, colours: true)}"
            ),
        };

    private string Who => RunId is { } run ? TerminalText.OneLine($"{JobName}#{run}") : "aios";

    // As syslog(3) numbers them.
    private int Priority =>
        Level switch
        {
            LogLevel.Critical => 2,
            LogLevel.Error => 3,
            LogLevel.Warning => 4,
            LogLevel.Debug => 7,
            _ => 6,
        };

    private string InJson(string device)
    {
        using var bytes = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", Level.ToLowerInvariant());
            json.WriteString("message", Message);
            if (device.Length > 0)
                json.WriteString("device", device);
            if (JobName is not null)
                json.WriteString("job_name", JobName);
            if (RunId is { } run)
                json.WriteNumber("run_id", run);
            if (TraceId is not null)
                json.WriteString("trace_id", TraceId);
            if (Stream is not null)
                json.WriteString("stream", Stream);
            json.WriteEndObject();
        }

        return TerminalText.Json(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
