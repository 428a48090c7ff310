using System.CommandLine;
using Aios.Daemon.Presence;
using Aios.Doctor;

namespace Aios.Cli;

/// <summary><c>aios health</c>: how a system does that is at work, in three depths, answered by the exit status.</summary>
internal static class HealthVerb
{
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(2);

    private static readonly Option<bool> Live = new("--live") { Description = "Only check whether a daemon of this home is alive" };
    private static readonly Option<bool> Ready = new("--ready") { Description = "Only check whether a daemon is ready for work" };
    private static readonly Option<bool> Full = new("--full") { Description = "Check everything, with values and advice (the default)" };
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var options = new RunOptions();
        var command = new Verb(
            "health",
            "Check the health of the system: exit status 0 without problems, otherwise 1",
            ("aios health --live", "Check whether a daemon is alive, for a supervisor"),
            ("aios health --json", "Check everything and print JSON")
        )
        {
            Live,
            Ready,
            Full,
            Json,
            options.Tags,
        };
        command.SetVerb(context, parsed => Answer(parsed, options, context));
        return command;
    }

    private static int Answer(ParseResult parsed, RunOptions options, CliContext context)
    {
        if (((bool[])[parsed.GetValue(Live), parsed.GetValue(Ready), parsed.GetValue(Full)]).Count(asked => asked) > 1)
            throw new CommandLineException("--live, --ready and --full exclude each other: give one of them.");
        var settings = Settings.Of(parsed);
        if (parsed.GetValue(Live))
            return AnswerLive(settings, parsed, context);
        if (parsed.GetValue(Ready))
            return AnswerReady(settings, parsed, context);
        return FindingsPrinter.Print(
            HealthExamination.Of(ExaminationInput.Of(settings.ForDaemon(parsed, options), context.Clock), LongestReading),
            parsed.GetValue(Json),
            context
        );
    }

    // Liveness asks for nothing that a restart would not mend: not whether the database takes writes, say.
    private static int AnswerLive(Settings settings, ParseResult parsed, CliContext context)
    {
        var life = DaemonPresence.Of(settings.Database, context.Now);
        return Say("live", life.Lives, life.Words, parsed, context);
    }

    private static int AnswerReady(Settings settings, ParseResult parsed, CliContext context)
    {
        var readiness = DaemonReadiness.Of(settings.Database, context.Now);
        return Say("ready", readiness.IsReady, readiness.Words, parsed, context);
    }

    private static int Say(string what, bool isSo, string words, ParseResult parsed, CliContext context)
    {
        if (!parsed.GetValue(Json))
            context.Out.WriteLine(words);
        else
            JsonOutput.Write(context.Out, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean(what, isSo);
                json.WriteString("detail", words);
                json.WriteEndObject();
            });
        return isSo ? ExitCode.Good : ExitCode.Failed;
    }
}
