using System.Text.Json;
using System.Text.Unicode;
using Aios.Access;
using Aios.Api.Live;
using Aios.Api.Routes;
using Aios.Api.Shapes;
using Aios.Platform;
using Aios.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aios.Api.Serving;

/// <summary>Makes of an HTTP request what its route expects, or tells all that is wrong with it at once.</summary>
internal static class RequestReader
{
    private const string KeyHeader = "Idempotency-Key";
    private const string LastEventHeader = "Last-Event-ID";
    private static readonly WholeShape LastEvent = new();
    private const int LongestKey = 255;
    private static readonly TimeSpan LongestUpload = TimeSpan.FromSeconds(30);

    /// <exception cref="ProblemException">The request is not as expected.</exception>
    public static async Task<ApiRequest> Read(
        HttpRequest http,
        Route route,
        string[] path,
        Principal principal,
        ConnectionFacts connection,
        Func<bool> isStillAllowed
    )
    {
        var defects = new Defects();
        CheckPath(route, path, principal, defects);
        var query = ReadQuery(http, route, defects);
        var key = ReadKey(http, route, defects);
        var lastEvent = ReadLastEvent(http, route, defects);
        var body = await ReadBody(http, route, defects).ConfigureAwait(false);
        if (defects.Found.Count > 0)
            throw new ProblemException(Problem.Invalid(defects.Found));
        return new ApiRequest(route, principal, path, query, body, key)
        {
            LastEventId = lastEvent,
            IsStillAllowed = isStillAllowed,
            Actor = connection.ActorOf(principal),
            IfMatch = Header(http, "If-Match"),
            IfNoneMatch = Header(http, "If-None-Match"),
            Confirm = Header(http, "Confirm"),
            TraceParent = TraceParent.Parse(http.Headers["traceparent"])?.ToString(),
        };
    }

    // A number that is none leads nowhere; so does a job that is not theirs to see.
    private static void CheckPath(Route route, string[] path, Principal principal, Defects defects)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var name = route.Path.Names[i];
            if (RoutePath.ShapeOf(name).DefectOf(path[i]) is { } defect)
                defects.Add(name, defect);
            if (name == RoutePath.Job && !principal.Jobs.Match(path[i]))
                throw new ProblemException(
                    Problem.NotFound($"There is no job named \"{path[i]}\". GET /api/v1/jobs lists all that this key may see.")
                );
        }
    }

    private static Dictionary<string, string> ReadQuery(HttpRequest http, Route route, Defects defects)
    {
        var query = new Dictionary<string, string>();
        foreach (var (name, values) in http.Query)
        {
            var parameter = route.Query.FirstOrDefault(parameter => parameter.Name == name);
            if (parameter is null)
                defects.Add(name, $"is not known here.{NearestName.Hint(name, route.Query.Select(known => known.Name))}");
            else if (values.Count > 1)
                defects.Add(name, "is given more than once");
            else if (parameter.Shape.DefectOf(values.ToString()) is { } defect)
                defects.Add(name, defect);
            else
                query[name] = values.ToString();
        }

        return query;
    }

    private static string? ReadKey(HttpRequest http, Route route, Defects defects)
    {
        if (!route.IsCreation || !http.Headers.TryGetValue(KeyHeader, out var values))
            return null;
        var key = values.ToString();
        if (key.Length is > 0 and <= LongestKey)
            return key;
        defects.Add(KeyHeader, $"found {key.Length} characters, expected from 1 to {LongestKey}");
        return null;
    }

    private static string? Header(HttpRequest http, string name) =>
        http.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private static string? ReadLastEvent(HttpRequest http, Route route, Defects defects)
    {
        if (route.Answer.Event is null || !http.Headers.TryGetValue(LastEventHeader, out var values))
            return null;
        var id = values.ToString();
        if (id is not (EventStreamSink.EndId or "") && LastEvent.DefectOf(id) is { } defect)
            defects.Add(LastEventHeader, defect);
        return id.Length == 0 ? null : id;
    }

    private static async Task<JsonElement?> ReadBody(HttpRequest http, Route route, Defects defects)
    {
        var hasBody = http.ContentLength > 0 || http.Headers.TransferEncoding.Count > 0;
        if (!hasBody)
        {
            if (route.NeedsBody)
                defects.Add("", "the body is missing; expected a JSON object");
            return null;
        }

        if (route.Body is null)
        {
            defects.Add("", "found a body, expected none");
            return null;
        }

        // A form in a web page can send neither this type nor any other header.
        if (!IsJson(http.ContentType))
            throw new ProblemException(
                new Problem(
                    415,
                    "not-json",
                    "The body is not JSON",
                    $"Found the Content-Type \"{http.ContentType}\", expected application/json."
                )
            );
        return await Parse(http, route.Body, defects).ConfigureAwait(false);
    }

    private static bool IsJson(string? type) =>
        type is not null && type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static async Task<JsonElement?> Parse(HttpRequest http, ObjectShape shape, Defects defects)
    {
        var bytes = await Receive(http).ConfigureAwait(false);
        if (!Utf8.IsValid(bytes.Span))
        {
            defects.Add("", "the body is not UTF-8; expected a JSON object in UTF-8");
            return null;
        }

        try
        {
            // Not disposed: the handler still reads from it, and its memory need not come from a pool.
            var body = JsonDocument.Parse(bytes, DeepJson.Options).RootElement;
            shape.Check(body, "", defects);
            return body;
        }
        catch (JsonException error)
        {
            defects.Add(
                "",
                JsonFault.IsTooDeep(error)
                    ? $"the body is nested deeper than {DeepJson.MaxDepth} levels"
                    : $"the body is not JSON (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}); expected a JSON object"
            );
            return null;
        }
        catch (InvalidOperationException)
        {
            // The runtime has no text for it.
            defects.Add("", "found half of a surrogate pair (such as \\ud800) in the body, expected Unicode");
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> Receive(HttpRequest http)
    {
        using var limit = new CancellationTokenSource(LongestUpload);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, http.HttpContext.RequestAborted);
        try
        {
            using var whole = new MemoryStream();
            await http.Body.CopyToAsync(whole, either.Token).ConfigureAwait(false);
            var bytes = new ReadOnlyMemory<byte>(whole.GetBuffer(), 0, (int)whole.Length);
            return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new ProblemException(
                new Problem(
                    408,
                    "too-slow",
                    "The request took too long",
                    $"The body was not there within {LongestUpload.TotalSeconds:0} s."
                )
            );
        }
        catch (Exception error)
            when (error is (IOException and not BadHttpRequestException) or InvalidOperationException or OverflowException)
        {
            // The server tells in many ways that the length of a chunk is no number, or too large for one.
            throw new ProblemException(
                new Problem(
                    400,
                    "malformed",
                    "The request cannot be read",
                    "The body ends too early, or the length of a chunk is not right."
                )
            );
        }
    }
}
