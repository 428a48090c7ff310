using System.CommandLine;
using System.Globalization;
using Aios.Models.Configuration;

namespace Aios.Cli.Models;

/// <summary><c>aios models</c>: what models.yaml offers.</summary>
internal static class ModelsVerb
{
    private static readonly Option<bool> Json = SharedOptions.Json();

    public static Command Create(CliContext context)
    {
        var command = new Verb(
            "models",
            "List the routes and language models of models.yaml",
            ("aios models", "List what programs can call"),
            ("aios models validate", "Check models.yaml")
        )
        {
            Json,
        };
        command.SetVerb(context, parsed => List(parsed, context));
        command.Subcommands.Add(ModelsValidateVerb.Create(context));
        command.Subcommands.Add(ModelsSchemaVerb.Create(context));
        return command;
    }

    private static int List(ParseResult parsed, CliContext context)
    {
        var settings = ModelsValidateVerb.Load(Settings.OfHome(parsed));
        if (parsed.GetValue(Json))
        {
            JsonOutput.Write(context.Out, json =>
            {
                json.WriteStartObject();
                json.WriteOffer(settings);
                json.WriteEndObject();
            });
            return ExitCode.Good;
        }

        var table = new TextTable("NAME", "KIND", Column.Text("ANSWERS"), Column.Spare("WHERE"), Column.Spare("USD PER MILLION TOKENS"));
        foreach (var route in settings.Routes.Values)
            table.Add(route.Name, "route", $"{string.Join(", ", route.Models)} ({ModelSettingsForm.StrategyOf(route)})", null, null);
        foreach (var model in settings.Models.Values)
        {
            var provider = settings.Providers[model.Provider!];
            table.Add(model.Name, "model", $"{model.Id} of {provider.Name}", ModelSettingsForm.WhereOf(provider), PriceOf(model.Price));
        }

        table.Write(context, $"there is no {ModelSettingsLoader.FileName} in this home, so no language model can be called.");
        return ExitCode.Good;
    }

    private static string PriceOf(ModelPrice? price) =>
        price is null ? "unknown"
        : price == ModelPrice.Free ? "free"
        : string.Create(CultureInfo.InvariantCulture, $"{price.Input ?? 0} in, {price.Output ?? 0} out");
}
