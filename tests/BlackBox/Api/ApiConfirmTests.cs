using System.Text.Json;

namespace Aios.Tests.BlackBox;

/// <summary>Risky operations over HTTP: 428 says what is at stake, and the header <c>Confirm</c> does it, once.</summary>
public sealed class ApiConfirmTests : IDisposable
{
    private const string Jobs = """
        - {name: hello, type: trigger, command: ["true"]}
        - {name: waits, type: trigger, steps: [{name: ask, approval: "Well?"}]}
        """;

    private const string Risky = Jobs + "\n- {name: open, type: trigger, image: alpine, network: host, command: [\"true\"]}\n";
    private readonly AiosHome _home = new(Jobs);

    [RequiresFact]
    public void A_job_list_with_new_rights_is_saved_when_the_request_is_repeated_with_its_digest()
    {
        using var api = ApiClient.Start(_home);
        var needed = Save(api, Risky).Expect(428);
        Assert.Equal("urn:aios:problem:confirmation-needed", needed["type"].GetString());
        var told = needed["confirmation"];
        Assert.Equal(
            ("risky_jobs", "jobs.yaml", "self"),
            (told.GetProperty("operation").GetString(), told.GetProperty("name").GetString(), told.GetProperty("by").GetString())
        );
        Assert.Equal("""{"open":["network: host"]}""", told.GetProperty("shown").GetProperty("jobs").GetRawText());
        var digest = told.GetProperty("digest").GetString()!;
        Assert.Equal(digest, told.GetProperty("header").GetString());
        Assert.Equal(Jobs, File.ReadAllText(_home.In("Jobs", "jobs.yaml")));
        Assert.Empty(api.Get("approvals?status=waiting").Expect(200)["items"].EnumerateArray());

        AssertSays("has changed", Save(api, Risky + "# more\n", digest).Expect(409));
        AssertSays("found \"approval x\"", Save(api, Risky, "approval x").Expect(400));
        AssertSays("is not there", Save(api, Risky, "approval 99").Expect(409));
        Assert.Equal(Jobs, File.ReadAllText(_home.In("Jobs", "jobs.yaml")));
        Save(api, Risky, digest).Expect(200);
        Assert.Equal(Risky, File.ReadAllText(_home.In("Jobs", "jobs.yaml")));
        _home.WaitFor(() => api.Get("jobs/open").Status == 200, "the new list is in force");

        // What has the right already is not asked about.
        Save(api, Risky + "# a comment\n").Expect(200);
        Save(api, Jobs).Expect(200);
        _home.WaitFor(() => api.Get("jobs/open").Status == 404, "the former list is in force");
        AssertSays("counts once", Save(api, Risky, digest).Expect(409));
        Assert.Equal(
            ["confirm.ask", "confirm.refuse", "confirm.refuse", "confirm.use", "confirm.refuse"],
            _home.Column("SELECT action FROM audit WHERE action LIKE 'confirm.%' ORDER BY id")
        );
    }

    [RequiresFact]
    public void Another_person_approves_and_fifty_requests_use_it_once()
    {
        File.WriteAllText(_home.In("aios.yaml"), "confirm: {cancel_many: {by: other, expires: 1h}}\n");
        using var api = ApiClient.Start(_home, [("AIOS_RATE_LIMIT", "100000")]);
        var (one, two) = (Begin(), Begin());
        var body = $$"""{"flows": [{{one}}, {{two}}]}""";
        var needed = api.Post("flows/cancel", body).Expect(428)["confirmation"];
        var id = needed.GetProperty("approval_id").GetInt64();
        Assert.Equal($"/api/v1/approvals/{id}", needed.GetProperty("approval_url").GetString());
        Assert.Equal(id, api.Post("flows/cancel", body).Expect(428)["confirmation"].GetProperty("approval_id").GetInt64());
        var digest = needed.GetProperty("digest").GetString()!;
        AssertSays("another person's approval", api.Post("flows/cancel", body, ("Confirm", digest)).Expect(409));
        Decide(api, id, digest).Expect(403);
        var boss = Key("boss", "admin");
        Assert.Contains(api.Get("approvals?status=waiting", boss).Expect(200)["items"].EnumerateArray(), item =>
            item.GetProperty("id").GetInt64() == id
        );
        api.Get($"approvals/{id}", Key("narrow", "admin", "waits")).Expect(404);
        Decide(api, id, digest, boss).Expect(200);
        AssertSays("was asked by", api.Post("flows/cancel", body, ("Confirm", $"approval {id}"), boss).Expect(409));

        var statuses = new int[50];
        var all = new ParallelOptions { MaxDegreeOfParallelism = statuses.Length };
        Parallel.For(0, statuses.Length, all, i => statuses[i] = api.Post("flows/cancel", body, ("Confirm", $"approval {id}")).Status);
        Assert.Equal([(202, 1), (409, 49)], statuses.GroupBy(status => status).Select(group => (group.Key, group.Count())).Order());
        Assert.Equal(("canceled", "canceled"), (_home.Closed(one).Status, _home.Closed(two).Status));
        Assert.Equal(1, _home.Get<long>("SELECT count(*) FROM audit WHERE action = 'confirm.use'"));
        Assert.NotEqual(JsonValueKind.Null, api.Get($"approvals/{id}").Expect(200)["used"].ValueKind);
        AssertSays("is over", api.Post("flows/cancel", $$"""{"flows": [{{one}}]}""").Expect(409));
        AssertSays("There is no flow 99", api.Post("flows/cancel", """{"flows": [99]}""").Expect(404));
    }

    [RequiresFact]
    public void Nobody_confirms_what_needs_no_confirmation()
    {
        File.WriteAllText(_home.In("aios.yaml"), "confirm: {cancel_many: none, risky_jobs: none}\n");
        using var api = ApiClient.Start(_home);
        Save(api, Risky).Expect(200);
        var (one, two) = (Begin(), Begin());
        var answer = api.Post("flows/cancel", $$"""{"flows": [{{one}}, {{two}}, {{two}}]}""").Expect(202);
        Assert.Equal([one, two], answer["canceled"].EnumerateArray().Select(id => id.GetInt64()));
        Assert.Equal(0, _home.Get<long>("SELECT count(*) FROM audit WHERE action LIKE 'confirm.%'"));
    }

    public void Dispose() => _home.Dispose();

    private static void AssertSays(string words, ApiAnswer answer) =>
        Assert.Contains(words, answer["detail"].GetString(), StringComparison.Ordinal);

    private static ApiAnswer Save(ApiClient api, string text, string? confirm = null) =>
        api.Send(
            "PUT",
            "job-list/files/jobs.yaml",
            JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text }),
            [("If-Match", "*"), .. confirm is null ? Array.Empty<(string, string)>() : [("Confirm", confirm)]]
        );

    private static ApiAnswer Decide(ApiClient api, long id, string digest, params (string, string)[] headers) =>
        api.Post($"approvals/{id}", $$"""{"decision": "approve", "digest": "{{digest}}"}""", headers);

    private (string, string) Key(string name, string role, string? jobs = null) =>
        ("Authorization", $"Bearer {_home.Cli(["keys", "add", name, "--role", role, .. Limit(jobs)]).Exits(0).Out.Trim()}");

    private static string[] Limit(string? jobs) => jobs is null ? [] : ["--jobs", jobs];

    private long Begin()
    {
        var flow = _home.Insert("waits");
        _home.WaitFor(() => _home.Get<long>("SELECT count(*) FROM approvals WHERE flow_id = @1", flow) == 1, "it waits for approval");
        return flow;
    }
}
