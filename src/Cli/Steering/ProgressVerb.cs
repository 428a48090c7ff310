using System.CommandLine;
using System.Globalization;
using Aios.Control;
using Aios.Daemon.Presence;

namespace Aios.Cli;

/// <summary><c>aios progress</c>: a program in any language says how far its run has come.</summary>
internal static class ProgressVerb
{
    private const int LongestText = 1000;

    private static readonly Argument<string> Fraction = new("fraction")
    {
        Description = "A number from 0 to 1, or a percentage such as 40%",
        HelpName = "FRACTION",
    };
    private static readonly Argument<string?> Text = new("text")
    {
        Description = "A description of the progress",
        HelpName = "TEXT",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<int?> Run = WholeNumber.Option(
        "--run",
        "The number of the run (default: AIOS_RUN_ID, which AIOS sets for each program)"
    );
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "progress",
            "Report the progress of a run, from within its program",
            ("aios progress 40% \"4 of 10 files\"", "Report 40 % with a description"),
            ("aios progress 0.5 --run 12", "Report the progress of run 12 from outside")
        )
        {
            Fraction,
            Text,
            Run,
            Json,
        };
        command.SetVerb(context, parsed => Tell(parsed, context));
        return command;
    }

    private static int Tell(ParseResult parsed, CliContext context)
    {
        var fraction = Parse(parsed.GetValue(Fraction)!);
        var run = parsed.GetValue(Run)
            ?? RunScope.RunId
            ?? throw new CommandLineException("this is not within a run: name one with --run. `aios status` lists the current runs.");
        var text =
            parsed.GetValue(Text) is { Length: > 0 } given && DaemonSecrets.Mask(given) is var words
                ? words[..Math.Min(words.Length, LongestText)]
                : null;
        using var connection = Settings.Of(parsed).Database.Connect();
        if (!connection.Write(queue => queue.Runs.Progress(run, fraction, text)))
            return context.Fail($"run {run} is not running.");
        JsonOutput.Tell(context, parsed.GetValue(Json), null, json =>
        {
            json.WriteNumber("run_id", run);
            json.WriteNumber("progress", fraction);
            json.WriteText("progress_text", text);
        });
        return ExitCode.Good;
    }

    // Held within 0 and 1, for sums of fractions come out a little beside them.
    private static double Parse(string text)
    {
        var percent = text.EndsWith('%');
        var digits = percent ? text[..^1] : text;
        if (
            double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && (percent || number <= 1.01)
        )
        {
            return Math.Clamp(percent ? number / 100 : number, 0, 1);
        }

        throw new CommandLineException($"found \"{text}\", expected a fraction from 0 to 1 such as 0.4, or a percentage such as 40%.");
    }
}
