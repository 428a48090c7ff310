using System.Text.Json;
using Aios.Jobs;
using Aios.Models.Configuration;

namespace Aios.Models.Money;

/// <summary>The form of a budget in JSON: what the file says of it, and how much of it is used, in US dollars.</summary>
internal static class BudgetForm
{
    private static readonly BudgetFormat Format = new();

    /// <summary>Writes it.</summary>
    public static void WriteBudget(this Utf8JsonWriter json, BudgetStatus status)
    {
        json.WriteStartObject();
        json.WriteString("name", status.Budget.Name);
        using (var definition = JsonDocument.Parse(JsonText.Write(text => Format.WriteValue(text, status.Budget))))
        {
            foreach (var field in definition.RootElement.EnumerateObject())
                field.WriteTo(json);
        }

        json.WriteStartArray("keys");
        foreach (var key in status.Keys)
        {
            json.WriteStartObject();
            json.WriteString("for", key.Words);
            json.WriteNumber("used", key.Used);
            json.WriteNumber("spent", key.Spent);
            json.WriteNumber("unknown", key.Unknown);
            json.WriteNumber("held", key.Held);
            json.WriteNumber("lost", key.Lost);
            json.WriteNumber("left", key.Left);
            json.WriteNumber("approved", key.Allowed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
