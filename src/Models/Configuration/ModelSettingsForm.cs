using System.Text.Json;

namespace Aios.Models.Configuration;

/// <summary>The form in JSON of what models.yaml offers.</summary>
internal static class ModelSettingsForm
{
    private static readonly PriceFormat Price = new();

    /// <summary>Writes the members <c>routes</c> and <c>models</c> of an object.</summary>
    public static void WriteOffer(this Utf8JsonWriter json, ModelSettings settings)
    {
        json.WriteStartArray("routes");
        foreach (var route in settings.Routes.Values)
            WriteRoute(json, route);
        json.WriteEndArray();
        json.WriteStartArray("models");
        foreach (var model in settings.Models.Values)
            WriteModel(json, model, settings.Providers[model.Provider!]);
        json.WriteEndArray();
    }

    /// <summary>The word for how a route chooses.</summary>
    public static string StrategyOf(ModelRoute route) => route.Strategy.ToString().ToLowerInvariant();

    /// <summary>The word for where a provider is.</summary>
    public static string WhereOf(ModelProvider provider) => provider.IsLocal ? "local" : "remote";

    private static void WriteRoute(Utf8JsonWriter json, ModelRoute route)
    {
        json.WriteStartObject();
        json.WriteString("name", route.Name);
        json.WriteStartArray("models");
        foreach (var name in route.Models)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("strategy", StrategyOf(route));
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, LanguageModel model, ModelProvider provider)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("provider", model.Provider);
        json.WriteString("id", model.Id);
        json.WriteString("where", WhereOf(provider));
        json.WritePropertyName("price");
        if (model.Price is { } price)
            Price.WriteValue(json, price);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }
}
