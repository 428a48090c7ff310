using System.Buffers;
using System.Text.Json;
using Aios.Models.Calls;
using Aios.Models.Configuration;

namespace Aios.Api.Models;

/// <summary>What can be called, as OpenAI lists models.</summary>
internal static class ModelList
{
    private const string OfRoutes = "aios";

    /// <summary>All routes and models that somebody may call.</summary>
    public static GatewayReply All(ModelSettings settings, Caller caller) =>
        Reply(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "list");
            json.WriteStartArray("data");
            foreach (var (name, owner) in Entries(settings).Where(entry => caller.Access.Allows(entry.Name)))
                Write(json, name, owner);
            json.WriteEndArray();
            json.WriteBoolean("has_more", false);
            json.WriteEndObject();
        });

    /// <summary>One of them; null if there is none that somebody may call.</summary>
    public static GatewayReply? One(ModelSettings settings, Caller caller, string name) =>
        Entries(settings).FirstOrDefault(entry => entry.Name == name) is { Name: not null } found && caller.Access.Allows(name)
            ? Reply(json => Write(json, found.Name, found.Owner))
            : null;

    private static IEnumerable<(string Name, string Owner)> Entries(ModelSettings settings) =>
        settings.Routes.Keys.Select(name => (name, OfRoutes)).Concat(settings.Models.Values.Select(model => (model.Name, model.Provider!)));

    private static GatewayReply Reply(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return new GatewayReply(200, buffer.WrittenMemory, null);
    }

    private static void Write(Utf8JsonWriter json, string name, string owner)
    {
        json.WriteStartObject();
        json.WriteString("id", name);
        json.WriteString("object", "model");
        json.WriteNumber("created", 0);
        json.WriteString("owned_by", owner);
        // Anthropic's clients ask for these.
        json.WriteString("type", "model");
        json.WriteString("display_name", name);
        json.WriteString("created_at", "1970-01-01T00:00:00Z");
        json.WriteEndObject();
    }
}
