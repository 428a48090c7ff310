using System.CommandLine;
using Aios.Control;
using Aios.Daemon.Alarms;
using Aios.Jobs;
using Aios.Notices;

namespace Aios.Cli;

/// <summary><c>aios notify</c>: whether those who are to be told are reached.</summary>
internal static class NotifyVerb
{
    private static readonly Argument<string?> Name = JobName.Optional("Only the channels of this job (default: those of all jobs)");
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var test = new Verb(
            "test",
            "Send a test notice to each channel in the job list",
            ("aios notify test", "Send a test notice to all channels"),
            ("aios notify test backup", "Send a test notice to the channels of the job backup")
        )
        {
            Name,
            Json,
        };
        test.SetVerb(context, parsed => Test(parsed, context));
        var command = new Verb("notify", "Test the notification channels", ("aios notify test", "Send a test notice to all channels"));
        command.Subcommands.Add(test);
        return command;
    }

    private static async Task<int> Test(ParseResult parsed, CliContext context)
    {
        var settings = Settings.Of(parsed);
        settings.RequireJobsFolder();
        var list = JobListLoader.Load(settings.JobsFolder, settings.ProgramsFolder);
        if (list.Errors.Length > 0)
            throw new CommandLineException(list.Errors[0].ToText());
        var jobs = parsed.GetValue(Name) is { } name
            ? [list.Find(name) ?? throw new CommandLineException($"no job named \"{name}\" in {settings.JobsFolder}.{list.Hint(name)}")]
            : list.Jobs;
        // Many jobs share the same channels, by defaults as a rule.
        var channels = jobs.SelectMany(job => job.Notify.Select(channel => (Job: job, Channel: channel)))
            .DistinctBy(pair => ChannelKey.Of(pair.Channel))
            .ToList();
        if (channels.Count == 0)
            throw new CommandLineException(
                "there is no channel to test: no job has a \"notify\". Write one into the job list, such as notify: [{email: "
                    + "ops@example.org, on: [failure, recovery]}]."
            );
        using var trial = new TestNotice(settings.Home, settings.Database, settings.Mail(), context.Clock);
        var tried = new List<(string Channel, string? Problem)>();
        foreach (var (job, channel) in channels)
        {
            tried.Add((Describe(channel), await trial.Try(job, channel).ConfigureAwait(false)));
            if (!parsed.GetValue(Json))
                context.Out.WriteLine($"{tried[^1].Channel}: {(tried[^1].Problem is { } problem ? $"NOT sent: {problem}" : "sent")}.");
        }

        if (parsed.GetValue(Json))
            JsonOutput.Write(context.Out, json => json.WriteArray(null, tried, Write));
        return tried.TrueForAll(channel => channel.Problem is null) ? ExitCode.Good : ExitCode.Failed;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, (string Channel, string? Problem) tried)
    {
        json.WriteStartObject();
        json.WriteString("channel", tried.Channel);
        json.WriteBoolean("told", tried.Problem is null);
        json.WriteText("problem", tried.Problem);
        json.WriteEndObject();
    }

    // Nothing of an address that may be as good as a password.
    private static string Describe(NoticeChannel channel) =>
        channel.Way switch
        {
            NoticeTransport.Command => $"command {channel.Command[0]}",
            NoticeTransport.Email => $"email {channel.Target}",
            _ when Uri.TryCreate(channel.Target, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") =>
                $"{channel.Word} at {uri.Host}",
            _ => $"{channel.Word} {channel.Target}",
        };
}
