using System.CommandLine;
using Aios.Api.Serving;
using Aios.Daemon;

namespace Aios.Cli;

/// <summary><c>aios run</c>, and <c>aios</c> alone: the daemon.</summary>
internal static class RunVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "run",
            "Run the jobs of this home until stopped (same as `aios` alone)",
            ("aios run", "Run the jobs of the current folder until Ctrl-C"),
            ("aios run --tags gpu,linux --max-parallel 4", "Run at most four jobs at once, on a device with a GPU"),
            ("aios run --until-idle", "Run what is due now, then exit")
        );
        Configure(command, context);
        return command;
    }

    public static void Configure(Command command, CliContext context)
    {
        var options = new RunOptions();
        options.AddTo(command);
        command.SetVerb(context, parsed => Run(parsed, options, context));
    }

    private static Task<int> Run(ParseResult parsed, RunOptions options, CliContext context)
    {
        var settings = Settings.Of(parsed);
        settings.RequireJobsFolder();
        if (RunAs.StillRoot(parsed) is { } warning)
            context.Say($"warning: {warning}");
        var api = settings.ForApi(parsed, options);
        return DaemonHost.Run(settings.ForDaemon(parsed, options), context.Clock, context.Out, context.Error, daemon =>
            ApiServer.Open(api, daemon)
        );
    }
}
