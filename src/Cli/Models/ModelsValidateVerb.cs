using System.Collections.Immutable;
using System.CommandLine;
using Aios.Control;
using Aios.Jobs;
using Aios.Models.Configuration;

namespace Aios.Cli.Models;

/// <summary><c>aios models validate</c>: finds all mistakes of models.yaml.</summary>
internal static class ModelsValidateVerb
{
    private static readonly Argument<string?> File = new("file")
    {
        Description = "The file to check instead of models.yaml of the home",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "validate",
            "Check models.yaml and report every mistake",
            ("aios models validate", "Check models.yaml of this home")
        )
        {
            File,
            Json,
        };
        command.SetVerb(context, parsed => Validate(parsed, context));
        return command;
    }

    /// <summary>What a home's file says.</summary>
    /// <exception cref="CommandLineException">It has mistakes.</exception>
    public static ModelSettings Load(Settings settings)
    {
        var path = Path.Combine(settings.Home, ModelSettingsLoader.FileName);
        if (!System.IO.File.Exists(path))
            return ModelSettings.Empty;
        var (found, errors) = ModelSettingsLoader.Read(System.IO.File.ReadAllText(path));
        return found ?? throw new CommandLineException(string.Join('\n', errors.Select(error => error.ToText("  "))));
    }

    private static int Validate(ParseResult parsed, CliContext context)
    {
        var path = parsed.GetValue(File) ?? Path.Combine(Settings.OfHome(parsed).Home, ModelSettingsLoader.FileName);
        if (!System.IO.File.Exists(path))
            throw new CommandLineException($"there is no file {Path.GetFullPath(path)}. docs/models.md shows how one begins.");
        var (settings, errors) = ModelSettingsLoader.Read(System.IO.File.ReadAllText(path));
        if (parsed.GetValue(Json))
        {
            WriteJson(errors, context);
            return settings is null ? ExitCode.Misused : ExitCode.Good;
        }

        foreach (var error in errors)
            context.Error.WriteLine(error.ToText());
        if (settings is null)
        {
            context.Error.WriteLine($"{path} has {Words.Count(errors.Length, "mistake")}.");
            return ExitCode.Misused;
        }

        foreach (var model in settings.Models.Values.Where(model => model.Price is null))
            context.Error.WriteLine(
                $"warning: the model \"{model.Name}\" has no price, so it is not called. Write `price: free` if it costs nothing."
            );
        context.Out.WriteLine(
            $"{path} is good: {Words.Count(settings.Providers.Count, "provider")}, {Words.Count(settings.Models.Count, "model")}, "
                + $"{Words.Count(settings.Routes.Count, "route")}, {Words.Count(settings.Budgets.Count, "budget")}."
        );
        return ExitCode.Good;
    }

    private static void WriteJson(ImmutableArray<JobListError> errors, CliContext context) => JsonOutput.Write(context.Out, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", errors.IsEmpty);
            json.WriteArray("errors", errors, (writer, error) => writer.WriteStringValue(error.ToString()));
            json.WriteEndObject();
        });
}
