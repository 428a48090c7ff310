using System.CommandLine;
using Aios.Models.Configuration;

namespace Aios.Cli.Models;

/// <summary><c>aios models schema</c>: the JSON Schema of models.yaml, for editors.</summary>
internal static class ModelsSchemaVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "schema",
            "Print the JSON Schema of models.yaml, for editors",
            ("aios models schema > models.schema.json", "Write it into a file")
        );
        command.SetVerb(context, _ =>
        {
            JsonOutput.Write(context.Out, ModelSettingsSchema.Write);
            return ExitCode.Good;
        });
        return command;
    }
}
