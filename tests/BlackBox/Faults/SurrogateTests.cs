namespace Aios.Tests.BlackBox;

/// <summary>Halves of surrogate pairs over the API: what Python's JSON has for file names that are not UTF-8.</summary>
public sealed class SurrogateTests
{
    private const string Jobs = """
        - {name: work, type: trigger, command: ['true']}
        - {name: gives, type: trigger, file: gives.py, function: main}
        """;

    [RequiresTheory]
    [InlineData("args", "[\"\\udce9\"]")]
    [InlineData("kwargs", "{\"path\": \"\\udce9\"}")]
    [InlineData("kwargs", "{\"\\udce9\": [\"\\ud83d\", \"\\ude00\"]}")]
    [InlineData("kwargs", "{\"a\": {\"b\": [\"caf\\udce9\"]}}")]
    public void What_is_posted_is_read_again_and_runs(string member, string json)
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        using var events = new EventReader(home, api, "events").Begun();
        var id = api.Post("jobs/work/trigger", $$"""{"{{member}}": {{json}}}""").Expect(201)["id"].GetInt64();
        var closed = events.WaitFor(happened => happened.Kind == "trigger.closed", "the end");
        Assert.Equal("succeeded", closed.Data.GetProperty("status").GetString());
        Assert.Equal(Plain(json), Plain(home.Get<string>($"SELECT {member} FROM triggers WHERE id = @1", id)!));
        foreach (var path in new[] { $"triggers/{id}", "triggers", "runs", "jobs", "jobs/work", "status", "logs" })
            _ = api.Get(path).Expect(200).Json;
    }

    [RequiresTheory]
    [InlineData("\\udce9")]
    [InlineData("k\\ud800")]
    public void A_dedup_key_is_taken_or_refused_with_words(string key)
    {
        using var home = new AiosHome(Jobs);
        using var api = ApiClient.Start(home);
        var answer = api.Post("jobs/work/trigger", $$"""{"dedup_key": "{{key}}"}""");
        Assert.Contains(answer.Status, new[] { 201, 400, 422 });
        if (answer.Status != 201)
            Assert.Contains("dedup_key", answer.Text, StringComparison.Ordinal);
        _ = answer.Json;
        _ = api.Get("triggers").Expect(200).Json;
        Assert.Equal("succeeded", home.Closed(home.Insert("work")).Status);
    }

    [RequiresFact]
    public void What_a_function_says_of_it_is_read_again()
    {
        using var home = new AiosHome(Jobs);
        home.WriteProgram("gives.py", "def main(path):\n    print('got', ascii(path))\n    return ascii(path)\n");
        using var api = ApiClient.Start(home);
        using var events = new EventReader(home, api, "events").Begun();
        var id = api.Post("jobs/gives/trigger", """{"kwargs": {"path": "\udce9"}}""").Expect(201)["id"].GetInt64();
        events.WaitFor(happened => happened.Kind == "trigger.closed", "the end");
        Assert.Equal("succeeded", home.Closed(id).Status);
        var run = home.Runs(id).Single().Id;
        Assert.Equal("'\\udce9'", api.Get($"runs/{run}").Expect(200)["result"].GetString());
        Assert.Contains("got '\\\\udce9'", api.Get($"runs/{run}/logs").Expect(200).Text, StringComparison.Ordinal);
    }

    private static string Plain(string json) => json.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
