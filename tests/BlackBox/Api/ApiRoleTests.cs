using System.Text.Json;
using Aios.Access;
using static Aios.Tests.BlackBox.OpenApiDocument;

namespace Aios.Tests.BlackBox;

/// <summary>
/// Requests that are made from the OpenAPI document: each role against each thing that can be asked for, and each parameter with
/// nonsense.
/// </summary>
public sealed class ApiRoleTests : IDisposable
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: ["true"], env: {TOKEN: very-secret-value}}
        - {name: other, type: trigger, command: ["true"]}
        """;

    private static readonly string[] Roles = ["nobody", "viewer", "approver", "operator", "admin"];
    private static readonly Dictionary<string, string> Keys = Roles.ToDictionary(role => role, role => $"a-key-that-is-long-for-{role}");

    private readonly AiosHome _home = new(Jobs);
    private readonly ApiClient _api;
    private readonly OpenApiDocument _document;

    public ApiRoleTests()
    {
        File.WriteAllText(_home.In("models.yaml"), "{}");
        _api = ApiClient.Start(
            _home,
            [("AIOS_API_KEYS", string.Join(",", Roles.Skip(1).Select(role => $"{Keys[role]}:{role}"))), ("AIOS_RATE_LIMIT", "100000")]
        );
        _document = new OpenApiDocument(_api.Get("/openapi.json", ApiClient.Proxied).Expect(200).Json);
        _home.Closed(_home.Insert("hello"));
        _api.Send("PUT", "state/x", """{"value": 1}""").Expect(204);
    }

    [RequiresFact]
    public void Each_role_may_do_what_the_document_says_and_nothing_else()
    {
        var before = Content();
        foreach (var operation in _document.Operations)
        {
            foreach (var role in Roles.Where(role => RankOf(role) < RankOf(operation.Role)))
            {
                var refused = Ask(operation, role);
                Assert.True(refused.Status == (role == "nobody" ? 401 : 403), $"{operation.Id} as {role}: {refused}");
                Assert.Empty(DefectsOf(operation, refused));
            }
        }

        Assert.Equal(before, Content());
        foreach (var operation in _document.Operations)
        {
            foreach (var role in Roles.Where(role => RankOf(role) >= RankOf(operation.Role)))
            {
                var answer = Ask(operation, role);
                Assert.True(answer.Status is < 300 or 404 or 409, $"{operation.Id} as {role}: {answer}");
                Assert.Empty(DefectsOf(operation, answer).Select(defect => $"{operation.Id}: {defect}: {answer.Text}"));
            }
        }
    }

    [RequiresFact]
    public void What_a_job_has_in_its_environment_is_for_admins_only()
    {
        foreach (var role in Roles.Skip(1))
        {
            var seen = _api.Get("jobs/hello", ("Authorization", $"Bearer {Keys[role]}"))
                .Expect(200)["definition"]
                .GetProperty("env")
                .GetProperty("TOKEN")
                .GetString();
            Assert.Equal(role == "admin" ? "very-secret-value" : "***", seen);
        }

        foreach (
            var operation in _document.Operations.Where(operation => operation.Method == "GET" && RankOf(operation.Role) < RankOf("admin"))
        )
        {
            Assert.DoesNotContain("very-secret-value", Ask(operation, "operator").Text, StringComparison.Ordinal);
        }
    }

    [RequiresFact]
    public void A_key_for_some_jobs_sees_and_touches_no_others()
    {
        var key = _home.Cli("keys", "add", "narrow", "--role", "admin", "--jobs", "hel*").Out.Trim();
        var mine = ("Authorization", $"Bearer {key}");
        var other = _home.Insert("other");
        _home.Closed(other);
        var run = _home.Runs(other)[0].Id;
        var before = Content();
        foreach (
            var operation in _document.Operations.Where(operation =>
                operation.Path.Contains("{job}", StringComparison.Ordinal) || operation.Path.Contains("{id}", StringComparison.Ordinal)
            )
        )
        {
            var id = operation.Path.Contains("/runs/", StringComparison.Ordinal) ? run : other;
            var answer = _api.Send(operation.Method, Fill(operation.Path, "other", id), BodyOf(operation), mine);
            Assert.True(answer.Status == 404, $"{operation.Id}: {answer}");
        }

        _api.Post("triggers", """{"triggers": [{"job_name": "other"}]}""", mine).Expect(400);
        _api.Send("PUT", "state/y?job=other", """{"value": 2}""", mine).Expect(404);
        _api.Send("PUT", "state/y", """{"value": 2}""", mine).Expect(403);
        _api.Get("config", mine).Expect(403);
        _api.Post("job-list/reload", null, mine).Expect(403);
        Assert.Equal(before, Content());
        foreach (var list in (string[])["jobs", "runs", "triggers", "logs", "state?job=hello"])
        {
            Assert.DoesNotContain("\"other\"", _api.Get(list, mine).Expect(200).Text, StringComparison.Ordinal);
        }

        Assert.Contains("\"other\"", _api.Get("runs").Text, StringComparison.Ordinal);
        _api.Post("jobs/hello/trigger", null, mine).Expect(201);
        Assert.Equal("hel*", _api.Get("whoami", mine)["jobs"][0].GetString());
    }

    [RequiresFact]
    public void Nonsense_in_any_parameter_is_named_and_does_nothing()
    {
        var before = Content();
        foreach (var operation in _document.Operations)
        {
            foreach (var parameter in operation.Parameters("query"))
            {
                var name = parameter.GetProperty("name").GetString()!;
                var isText =
                    parameter.GetProperty("schema") is var schema
                    && schema.GetProperty("type").GetString() == "string"
                    && !schema.TryGetProperty("enum", out _)
                    && !schema.TryGetProperty("format", out _);
                if (isText && name != "cursor")
                    continue;
                var answer = _api.Send(operation.Method, $"{Fill(operation.Path)}?{name}=%00nonsense%ff");
                Assert.True(answer.Status == 400, $"{operation.Id} with {name}: {answer}");
                Assert.Equal(name, answer["errors"][0].GetProperty("field").GetString());
            }

            if (operation.Body is { } body)
            {
                foreach (var text in (string[])["[]", "7", "null", "\"x\"", "{\"no_such_member\": 1}", "{", "\0", new string('[', 5000)])
                {
                    var answer = _api.Send(operation.Method, Fill(operation.Path), text);
                    Assert.True(answer.Status == 400, $"{operation.Id} with {text}: {answer}");
                }
            }
            else
            {
                Assert.Equal(400, _api.Send(operation.Method, Fill(operation.Path), "{}").Status);
            }
        }

        Assert.Equal(before, Content());
    }

    [RequiresFact]
    public void The_document_is_whole()
    {
        Assert.Equal(_document.Operations.Count, _document.Operations.Select(operation => operation.Id).Distinct().Count());
        Assert.True(_document.Operations.Count > 30);
        foreach (var operation in _document.Operations)
        {
            var names = operation.Parameters("path").Select(parameter => parameter.GetProperty("name").GetString()!).ToList();
            Assert.Equal(operation.Path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[1..^1]), names);
            Assert.NotNull(operation.Description.GetProperty("summary").GetString());
            Assert.True(operation.Role is "anyone" || RoleNames.Parse(operation.Role) is not null);
        }

        foreach (var reference in Everywhere(_api.Get("/openapi.json").Json))
            Assert.Equal("object", _document.Follow(reference).GetProperty("type").GetString());
    }

    [RequiresFact]
    public void A_generator_of_clients_finds_all_that_it_wants()
    {
        var document = _api.Get("/openapi.json").Json;
        Assert.Equal("/", document.GetProperty("servers")[0].GetProperty("url").GetString());
        var tags = document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!).ToHashSet();
        foreach (var operation in _document.Operations)
        {
            Assert.Contains(operation.Description.GetProperty("tags")[0].GetString()!, tags);
            var responses = operation.Description.GetProperty("responses");
            foreach (var status in Expected(operation))
                Assert.True(responses.TryGetProperty(status, out _), $"{operation.Id} does not say {status}");
            foreach (var (schema, example) in Examples(operation.Description))
                Assert.Empty(_document.Defects(schema, example).Select(defect => $"{operation.Id}: {defect}"));
        }

        Assert.Equal(tags, _document.Operations.Select(operation => operation.Description.GetProperty("tags")[0].GetString()!).ToHashSet());

        static IEnumerable<string> Expected(Operation operation)
        {
            if (operation.Role != "anyone")
                return ["400", "401", "403", "429", "503", "default"];
            return ["400", "default"];
        }
    }

    // Wherever an example stands, its schema stands beside it.
    private static IEnumerable<(JsonElement Schema, JsonElement Example)> Examples(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Array)
            return part.EnumerateArray().SelectMany(Examples);
        if (part.ValueKind != JsonValueKind.Object)
            return [];
        IEnumerable<(JsonElement, JsonElement)> own =
            part.TryGetProperty("example", out var example) && part.TryGetProperty("schema", out var schema) ? [(schema, example)] : [];
        return own.Concat(part.EnumerateObject().Where(member => member.Name != "example").SelectMany(member => Examples(member.Value)));
    }

    public void Dispose()
    {
        _api.Dispose();
        _home.Dispose();
    }

    private static int RankOf(string role) => role is "anyone" ? 0 : Array.IndexOf(Roles, role);

    private ApiAnswer Ask(Operation operation, string role) =>
        _api.Send(
            operation.Method,
            Fill(operation.Path),
            BodyOf(operation),
            role == "nobody" ? ApiClient.Proxied : ("Authorization", $"Bearer {Keys[role]}"),
            // Whatever version is there may be replaced.
            ("If-Match", "*")
        );

    private string? BodyOf(Operation operation) => operation.Body is { } schema ? _document.Example(schema) : null;

    private string Fill(string path, string job = "hello", long id = 1) =>
        path.Replace("{job}", job, StringComparison.Ordinal)
            .Replace("{id}", $"{id}", StringComparison.Ordinal)
            .Replace("{key}", "x", StringComparison.Ordinal)
            .Replace("{file}", "jobs.yaml", StringComparison.Ordinal)
            .Replace("{device}", _home.Get<string>("SELECT device FROM devices"), StringComparison.Ordinal);

    private IEnumerable<string> DefectsOf(Operation operation, ApiAnswer answer)
    {
        var described = operation.Responses.TryGetProperty($"{answer.Status}", out var response)
            ? response
            : operation.Responses.GetProperty(answer.Status < 400 ? "no such status" : "default");
        if (!described.TryGetProperty("content", out var content))
            return answer.Text.Length == 0 ? [] : ["found a body, expected none"];
        if (answer.MediaType is null || !content.TryGetProperty(answer.MediaType, out var media))
            return [$"the media type {answer.MediaType} is not in the document"];
        if (answer.MediaType == "text/event-stream")
            return media.TryGetProperty("x-event-data", out _) ? [] : ["the document does not say what its events hold"];
        return media.TryGetProperty("schema", out var schema) ? _document.Defects(schema, answer.Json) : [];
    }

    // All that a request could change; what the daemon itself does meanwhile is not in it.
    private string Content() =>
        string.Join(
            '\n',
            _home
                .Column("SELECT count(*) || ' ' || coalesce(max(id), 0) FROM triggers")
                .Concat(_home.Column("SELECT job_name FROM holds"))
                .Concat(_home.Column("SELECT job_name || key || value FROM state ORDER BY 1"))
                .Concat(_home.Column("SELECT count(*) FROM runs WHERE stop_request IS NOT NULL"))
                .Concat(_home.Column("SELECT name FROM api_keys"))
        );

    private static IEnumerable<string> Everywhere(System.Text.Json.JsonElement element) =>
        element.ValueKind switch
        {
            System.Text.Json.JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : Everywhere(member.Value)),
            System.Text.Json.JsonValueKind.Array => element.EnumerateArray().SelectMany(Everywhere),
            _ => [],
        };
}
