using System.Text.Json;
using Aios.Access;
using Aios.Api.Routes;
using Aios.Api.Serving;
using Aios.Api.Shapes;
using Aios.Jobs;
using Aios.Platform;

namespace Aios.Api;

/// <summary>Writes the OpenAPI 3.1 document of a list of routes.</summary>
internal static class OpenApi
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    /// <summary>The document.</summary>
    public static string Write(IReadOnlyList<Route> routes) =>
        JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            json.WriteStartObject("info");
            json.WriteString("title", "AIOS");
            json.WriteString("version", ProductVersion.Current);
            json.WriteString(
                "description",
                "Sees and steers the jobs of an AIOS daemon. Instants are RFC 3339; problems are as RFC 9457 has them."
            );
            json.WriteEndObject();
            WriteServers(json);
            WriteTags(json);
            WritePaths(json, routes);
            WriteComponents(json, routes);
            json.WriteEndObject();
        });

    // The document comes from the daemon itself, so its own address is where that was asked for.
    private static void WriteServers(Utf8JsonWriter json)
    {
        json.WriteStartArray("servers");
        foreach (
            var (url, about) in ((string, string)[])
                [
                    ("/", "The daemon that gave this description"),
                    ($"http://{ListenAddress.Default}", "A daemon on this machine that listens where it does by default"),
                ]
        )
        {
            json.WriteStartObject();
            json.WriteString("url", url);
            json.WriteString("description", about);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json)
    {
        json.WriteStartArray("tags");
        foreach (var (name, about) in ApiTags.All)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("description", about);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter json, IReadOnlyList<Route> routes)
    {
        json.WriteStartObject("paths");
        foreach (var group in routes.GroupBy(route => route.Path.Text))
        {
            json.WriteStartObject(group.Key);
            foreach (var route in group)
                WriteRoute(json, route);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRoute(Utf8JsonWriter json, Route route)
    {
        json.WriteStartObject(route.Method.ToLowerInvariant());
        json.WriteString("operationId", route.Id);
        json.WriteString("summary", route.Summary);
        json.WriteStartArray("tags");
        json.WriteStringValue(ApiTags.Of(route));
        json.WriteEndArray();
        // OpenAPI has no word for roles, hence an extension.
        json.WriteString("x-role", route.Role.Name());
        WriteSecurity(json, route.Role);
        WriteParameters(json, route);
        if (route.Body is { } body)
            WriteBody(json, body, route.NeedsBody);
        WriteAnswers(json, route);
        json.WriteEndObject();
    }

    // From this machine, the user who runs the daemon needs no key: hence the empty alternative.
    private static void WriteSecurity(Utf8JsonWriter json, Role role)
    {
        json.WriteStartArray("security");
        if (role != Role.Anyone)
        {
            json.WriteStartObject();
            json.WriteStartArray("key");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteParameters(Utf8JsonWriter json, Route route)
    {
        json.WriteStartArray("parameters");
        foreach (var name in route.Path.Names)
            WriteParameter(json, name, "path", RoutePath.ShapeOf(name));
        foreach (var parameter in route.Query)
            WriteParameter(json, parameter.Name, "query", parameter.Shape);
        if (route.Answer.Event is not null)
            WriteParameter(
                json,
                "Last-Event-ID",
                "header",
                new TextShape { About = "The id of the last event that the reader knows; it goes before `after`" }
            );
        if (route.IsOfVersion)
            WriteParameter(
                json,
                "If-Match",
                "header",
                new TextShape { About = "The `ETag` of the version that is to be replaced; `*` for whatever is there" }
            );
        if (route.IsOfVersion)
            WriteParameter(json, "If-None-Match", "header", new TextShape { About = "`*`: there must be none yet" });
        if (route.IsConfirmed)
            WriteParameter(
                json,
                "Confirm",
                "header",
                new TextShape
                {
                    About =
                        "The digest of what it does, or `approval` and the number of an approval; the problem confirmation-needed says "
                        + "which",
                }
            );
        if (route.IsCreation)
            WriteParameter(
                json,
                "Idempotency-Key",
                "header",
                new TextShape
                {
                    Shortest = 1,
                    Longest = 255,
                    About = "With the same key, a request that comes again within a day makes nothing twice",
                }
            );
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, string place, Shape shape)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        if (place == "path")
            json.WriteBoolean("required", true);
        if (shape.About is not null)
            json.WriteString("description", shape.About);
        json.WritePropertyName("schema");
        (shape with { About = null }).WriteSchema(json);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, ObjectShape body, bool isRequired)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", isRequired);
        WriteContent(json, Json, body);
        json.WriteEndObject();
    }

    private static void WriteAnswers(Utf8JsonWriter json, Route route)
    {
        json.WriteStartObject("responses");
        json.WriteStartObject($"{route.Answer.Status}");
        json.WriteString("description", route.Summary);
        if (route.Answer.MediaType.Length > 0)
            WriteContent(json, route.Answer.MediaType, route.Answer.Shape, route.Answer.Event);
        json.WriteEndObject();
        if (route.Answer.Event is not null)
            WriteOtherAnswers(json);
        foreach (var problems in ApiProblems.Of(route).GroupBy(problem => $"{problem.Status}", problem => problem.About))
            WriteProblem(json, problems.Key, string.Join(". ", problems));
        WriteProblem(json, "default", "Why it was not done");
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, string status, string about)
    {
        json.WriteStartObject(status);
        json.WriteString("description", about);
        WriteContent(json, Problem.MediaType, Problem.Shape);
        json.WriteEndObject();
    }

    private static void WriteOtherAnswers(Utf8JsonWriter json)
    {
        foreach (
            var (status, about) in ((string, string)[])
                [
                    ("101", "The same events over a WebSocket, each a message {\"event\", \"id\", \"data\"}"),
                    ("204", "There will be no more events"),
                ]
        )
        {
            json.WriteStartObject(status);
            json.WriteString("description", about);
            json.WriteEndObject();
        }
    }

    private static void WriteContent(Utf8JsonWriter json, string mediaType, Shape? shape, Shape? dataOfEvents = null)
    {
        json.WriteStartObject("content");
        if (shape is not null || mediaType != EventStream)
            WriteMedia(json, mediaType, "schema", shape);
        // OpenAPI 3.1 has no word for what the data of an event holds, hence an extension.
        if (dataOfEvents is not null)
            WriteMedia(json, EventStream, "x-event-data", dataOfEvents);
        json.WriteEndObject();
    }

    private static void WriteMedia(Utf8JsonWriter json, string mediaType, string name, Shape? shape)
    {
        json.WriteStartObject(mediaType);
        if (shape is not null)
        {
            json.WritePropertyName(name);
            shape.WriteSchema(json);
            if (shape is ObjectShape && mediaType == Json)
            {
                json.WritePropertyName("example");
                ShapeExample.Write(json, shape);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter json, IReadOnlyList<Route> routes)
    {
        var named = new SortedDictionary<string, ObjectShape>(StringComparer.Ordinal);
        Collect(Problem.Shape, named);
        foreach (var route in routes)
        {
            if (route.Body is not null)
                Collect(route.Body, named);
            if (route.Answer.Shape is not null)
                Collect(route.Answer.Shape, named);
            if (route.Answer.Event is not null)
                Collect(route.Answer.Event, named);
        }

        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        foreach (var (name, shape) in named)
        {
            json.WritePropertyName(name);
            shape.WriteDefinition(json);
        }

        json.WriteEndObject();
        WriteScheme(json);
        json.WriteEndObject();
    }

    private static void WriteScheme(Utf8JsonWriter json)
    {
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("key");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteString("description", "A key from `aios keys add`. On the same machine, the user of the daemon needs none.");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Collect(Shape shape, SortedDictionary<string, ObjectShape> named)
    {
        if (shape is ObjectShape known)
            named.TryAdd(known.Name, known);
        foreach (var part in shape.Parts)
            Collect(part, named);
    }
}
