using System.CommandLine;
using Aios.Doctor;

namespace Aios.Cli;

/// <summary><c>aios doctor</c>: looks at all that a set-up needs, and says what to do about what is not right.</summary>
internal static class DoctorVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var options = new RunOptions();
        var command = new Verb(
            "doctor",
            "Check what this home needs (jobs, programs, Python, database, disk, clock, ...) and suggest fixes",
            ("aios doctor", "Find out what is missing or wrong"),
            ("aios doctor --tags gpu", "Check for a device with the tag gpu")
        )
        {
            Json,
            options.Tags,
        };
        command.SetVerb(context, parsed =>
        {
            var setUp = ExaminationInput.Of(Settings.Of(parsed).ForDaemon(parsed, options), context.Clock);
            return FindingsPrinter.Print(Examination.Of(setUp), parsed.GetValue(Json), context);
        });
        return command;
    }
}
