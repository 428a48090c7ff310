using System.Globalization;
using System.Text.Json;
using Aios.Jobs;
using Aios.Platform;
using Aios.Store.Flows;
using Aios.Store.Notices;

namespace Aios.Notices;

/// <summary>What is told of a job, as it stands in the database and as a webhook gets it.</summary>
internal static class Message
{
    /// <summary>The event of a message that only tries a channel.</summary>
    public const string Test = "test";

    /// <summary>That something is wrong, or well again.</summary>
    /// <param name="word">The event.</param>
    /// <param name="alarm">What is, or was, wrong.</param>
    /// <param name="device">Who says so.</param>
    /// <param name="now">UTC.</param>
    public static string Of(string word, Alarm alarm, string device, DateTimeOffset now) =>
        Write(word, alarm.JobName, Words(word, alarm, device, now), device, now, json =>
        {
            json.WriteString("about", alarm.Event);
            json.WriteString("reason", alarm.Reason);
            if (alarm.RunId is { } run)
                json.WriteNumber("run_id", run);
            else
                json.WriteNull("run_id");
            json.WriteNumber("count", alarm.Count);
            json.WriteString("since", Instant(alarm.Since));
        });

    /// <summary>That a person is asked something.</summary>
    /// <param name="approval">The question.</param>
    /// <param name="jobName">The job.</param>
    /// <param name="link">Where it can be decided; null if nobody knows.</param>
    /// <param name="device">Who says so.</param>
    /// <param name="now">UTC.</param>
    public static string OfApproval(ApprovalRecord approval, string jobName, string? link, string device, DateTimeOffset now)
    {
        var where = link ?? string.Create(CultureInfo.InvariantCulture, $"`aios approvals {approval.Id}` shows it");
        var of = approval.Step is { } step ? $" (step {step})" : "";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Job \"{jobName}\" waits for approval {approval.Id}{of}: {approval.Question} {where}"
        );
        return Write(NoticeEvents.Approval.Name(), jobName, text, device, now, json =>
        {
            json.WriteNumber("approval_id", approval.Id);
            if (approval.FlowId is { } flow)
                json.WriteNumber("flow_id", flow);
            json.WriteString("step", approval.Step);
            json.WriteString("question", approval.Question);
            json.WriteString("link", link);
            json.WriteString("expires", approval.Expires is { } expires ? Instant(expires) : null);
        });
    }

    /// <summary>That this only tries whether it arrives.</summary>
    public static string OfTest(string jobName, string device, DateTimeOffset now) =>
        Write(Test, jobName, $"This is a test of the notices of job \"{jobName}\" on {device}. Nothing is wrong.", device, now, _ => { });

    /// <summary>That the daemon itself does not get on.</summary>
    public static string OfStall(string jobName, string what, string device, DateTimeOffset now) =>
        Write("stalled", jobName, $"AIOS on {device} makes no progress and starts nothing: {what}.", device, now, json =>
            json.WriteString("reason", what)
        );

    /// <summary>The line for people.</summary>
    public static string TextOf(JsonElement message) => message.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";

    private static string Write(string word, string jobName, string text, string device, DateTimeOffset now, Action<Utf8JsonWriter> more) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("event", word);
            json.WriteString("job_name", jobName);
            json.WriteString("text", text);
            more(json);
            json.WriteString("device", device);
            json.WriteString("at", Instant(now));
            json.WriteString("version", ProductVersion.Current);
            json.WriteEndObject();
        });

    private static string Words(string word, Alarm alarm, string device, DateTimeOffset now)
    {
        var run = alarm.RunId is { } id ? string.Create(CultureInfo.InvariantCulture, $" (run {id})") : "";
        var again =
            alarm.Count > 1
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $", {alarm.Count} times since {alarm.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"
                )
                : "";
        var took = Formats(now - alarm.Since);
        return (word, alarm.Event) switch
        {
            ("failure", _) => $"Job \"{alarm.JobName}\" has failed on {device}: {alarm.Reason}{run}{again}.",
            ("crash_loop", _) => $"Job \"{alarm.JobName}\" ends again and again on {device}: {alarm.Reason}{run}{again}.",
            ("late", _) => $"Job \"{alarm.JobName}\" is late: {alarm.Reason}.",
            (_, "late") => $"Job \"{alarm.JobName}\" is in time again; it was late for {took}.",
            _ => $"Job \"{alarm.JobName}\" is well again on {device}, after "
                + $"{took}{(alarm.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {alarm.Count} failures") : "")}. The "
                + $"last was: {alarm.Reason}{run}.",
        };
    }

    // Nothing finer than a second helps anybody.
    private static string Formats(TimeSpan span) =>
        Jobs.Formats.Duration.Text(TimeSpan.FromSeconds(Math.Max(1, Math.Round(span.TotalSeconds))));

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);
}
