namespace Aios.Tests.BlackBox;

/// <summary>What a key sees and from when on, and what a save that fails leaves.</summary>
public sealed class ApiFinePrintTests : IDisposable
{
    private const string Jobs = """
        - {name: mine-1, type: trigger, command: ["true"], enabled: false}
        - {name: mine-2, type: trigger, command: ["true"]}
        - {name: other, type: trigger, command: ["true"]}
        """;

    private readonly AiosHome _home = new(Jobs);

    [RequiresFact]
    public void A_key_counts_from_the_moment_in_which_it_was_made()
    {
        using var api = ApiClient.Start(_home);
        api.Get("whoami", Bearer("aios_no_such_key_at_all_00000")).Expect(401);
        for (var i = 0; i < 15; i++)
        {
            var key = Key($"new{i}");
            Assert.Equal($"key new{i}", api.Get("whoami", key).Expect(200)["name"].GetString());
        }
    }

    [RequiresFact]
    public void A_limited_key_sees_nothing_of_how_much_there_is_beyond_its_jobs()
    {
        using var api = ApiClient.Start(_home);
        var key = Key("limited", "--jobs", "mine-*");
        _home.Execute("INSERT INTO triggers (job_name, created, run_at) VALUES ('other', 1, 4e9), ('other', 1, 4e9), ('mine-2', 1, 4e9)");
        _home.WaitFor(() => api.Get("status").Expect(200)["triggers"].GetProperty("waiting").GetInt64() == 3, "they wait");
        var status = api.Get("status", key).Expect(200);
        Assert.Equal(2, status["jobs"].GetInt64());
        Assert.Equal(1, status["triggers"].GetProperty("waiting").GetInt64());
        var list = api.Get("job-list", key).Expect(200);
        Assert.Equal(2, list["jobs"].GetInt64());
        Assert.Equal(0, list["files"].GetArrayLength());
        Assert.Equal(3, api.Get("job-list").Expect(200)["jobs"].GetInt64());
        _home.WriteJobs(Jobs + "\n- {name: secret-name, type: nonsense}\n");
        _home.WaitFor(() => api.Get("job-list").Text.Contains("secret-name", StringComparison.Ordinal), "the mistake is told");
        foreach (var path in (string[])["job-list", "status", "jobs", "runs", "triggers", "logs", "load", "devices"])
            Assert.DoesNotContain("secret-name", api.Get(path, key).Text, StringComparison.Ordinal);
        Assert.Contains("has mistakes", api.Get("job-list", key).Text, StringComparison.Ordinal);
    }

    [RequiresFact(Need.Mount)]
    public void A_save_on_a_full_disk_says_so_and_leaves_nothing()
    {
        Needs.Mount(_home.In("Jobs"), "64k");
        try
        {
            _home.WriteJobs(Jobs);
            using var api = ApiClient.Start(_home);
            var tag = api.Get("job-list/files/jobs.yaml").Headers["ETag"];
            var text = System.Text.Json.JsonSerializer.Serialize($"# {new string('x', 100_000)}\n{Jobs}");
            var refused = api.Send("PUT", "job-list/files/jobs.yaml", $$"""{"text": {{text}}}""", ("If-Match", tag)).Expect(507);
            Assert.Equal("urn:aios:problem:disk-full", refused["type"].GetString());
            Assert.Equal(["jobs.yaml"], Directory.EnumerateFileSystemEntries(_home.In("Jobs")).Select(Path.GetFileName));
            Assert.Equal(tag, api.Get("job-list/files/jobs.yaml").Headers["ETag"]);
            api.Send("PUT", "job-list/files/jobs.yaml", """{"text": "[]"}""", ("If-Match", tag)).Expect(200);
        }
        finally
        {
            Needs.Unmount(_home.In("Jobs"));
        }
    }

    public void Dispose() => _home.Dispose();

    private (string, string) Key(string name, params string[] options) =>
        Bearer(_home.Cli(["keys", "add", name, .. options]).Exits(0).Out.Trim());

    private static (string, string) Bearer(string key) => ("Authorization", $"Bearer {key}");
}
